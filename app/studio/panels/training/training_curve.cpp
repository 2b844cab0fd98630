#include "app/studio/panels/training/training_curve.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <optional>

#include "app/studio/theme/tokens.h"

namespace purlscope::app {
namespace {

constexpr double kLeft = 38, kRight = 8, kLine = 16,
                 kHead = 26;  // logical pixels: labels at the left, a line of text, title of a plot
constexpr double kDot = 2;    // radius
constexpr int kShare = 100;   // per cent

QString stage_name(const std::string& stage) {
  if (stage == "backbone") return TrainingCurve::tr("Backbone");
  if (stage == "head") return TrainingCurve::tr("Head");
  return QString::fromStdString(stage);
}

/// The next of 1, 2, 5, 10, ... at or above a value.
double round_up(double value) {
  if (!(value > 0) || !std::isfinite(value)) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (value <= step * power * (1 + 1e-9)) return step * power;
  }
  return 10 * power;
}

QFont note_font(const QFont& base) {
  QFont font = base;
  font.setPixelSize(kNoteFont);
  return font;
}

}  // namespace

/// What a plot shows on its way up.
struct TrainingCurve::Axis {
  QString title;
  double top = 1;
  std::optional<double> (*seen)(const core::TrainingPoint&);
  std::optional<double> (*held)(const core::TrainingPoint&);
};

struct TrainingCurve::Series {
  std::optional<double> (*value)(const core::TrainingPoint&);
  QColor colour;
};

TrainingCurve::TrainingCurve(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("training_curve"));
  setAccessibleName(tr("Curve of the training"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  describe();
}

void TrainingCurve::clear() {
  points_.clear();
  describe();
  update();
}

void TrainingCurve::add(const core::TrainingPoint& point) {
  const auto same = std::find_if(points_.begin(), points_.end(), [&](const core::TrainingPoint& known) {
    return known.stage == point.stage && known.epoch >= point.epoch;
  });
  points_.erase(same, points_.end());
  points_.push_back(point);
  describe();
  update();
}

void TrainingCurve::describe() {
  if (points_.empty()) return setAccessibleDescription(tr("No epoch is finished yet"));
  const core::TrainingPoint& last = points_.back();
  QString text = tr("%1, epoch %2 of %3: loss %4, %5 % of the samples right")
                     .arg(stage_name(last.stage))
                     .arg(last.epoch)
                     .arg(last.epochs)
                     .arg(last.loss, 0, 'f', 3)
                     .arg(kShare * last.seen_accuracy, 0, 'f', 1);
  if (last.held_accuracy) {
    text += QStringLiteral(", ") + tr("%1 % of the clips kept out").arg(kShare * *last.held_accuracy, 0, 'f', 1);
  }
  setAccessibleDescription(text);
}

int TrainingCurve::place_of(std::size_t point) const {
  int before = 0;
  for (std::size_t i = 1; i <= point; ++i) {
    if (points_[i].stage != points_[i - 1].stage) before += points_[i - 1].epoch;
  }
  return before + points_[point].epoch - 1;
}

int TrainingCurve::epochs() const {
  const core::TrainingPoint& last = points_.back();
  return place_of(points_.size() - 1) + 1 + std::max(0, last.epochs - last.epoch);
}

void TrainingCurve::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(note_font(font()));
  if (points_.empty()) {
    painter.setPen(current_tokens().muted);
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("The curve of loss and accuracy\ngrows here, epoch by epoch."));
    return;
  }
  double highest = 0;
  for (const core::TrainingPoint& point : points_) {
    if (std::isfinite(point.loss)) highest = std::max(highest, point.loss);
    highest = std::max(highest, point.held_loss.value_or(0));
  }
  using Value = std::optional<double>;
  const Axis loss{tr("Loss"), round_up(highest), [](const core::TrainingPoint& point) -> Value { return point.loss; },
                  [](const core::TrainingPoint& point) { return point.held_loss; }};
  const Axis right{tr("Right, %"), kShare,
                   [](const core::TrainingPoint& point) -> Value { return kShare * point.seen_accuracy; },
                   [](const core::TrainingPoint& point) -> Value {
                     return point.held_accuracy ? Value(kShare * *point.held_accuracy) : std::nullopt;
                   }};
  const QRectF plots(kLeft, kLine, width() - kLeft - kRight, height() - 2 * kLine);
  const double half = plots.height() / 2;
  paint_legend(painter, QRectF(kLeft, 0, plots.width(), kLine));
  paint_plot(painter, {plots.left(), plots.top() + kHead, plots.width(), half - kHead - kLine / 2}, loss);
  paint_plot(painter, {plots.left(), plots.top() + half + kHead, plots.width(), half - kHead - kLine / 2}, right);
  painter.setPen(current_tokens().muted);
  painter.drawText(QRectF(kLeft, height() - kLine, plots.width(), kLine), Qt::AlignCenter, tr("Epoch"));
  painter.drawText(QRectF(kLeft, height() - kLine, plots.width(), kLine), Qt::AlignLeft | Qt::AlignVCenter,
                   QStringLiteral("1"));
  painter.drawText(QRectF(kLeft, height() - kLine, plots.width(), kLine), Qt::AlignRight | Qt::AlignVCenter,
                   QString::number(epochs()));
}

void TrainingCurve::paint_plot(QPainter& painter, const QRectF& area, const Axis& axis) const {
  paint_axes(painter, area, axis);
  paint_stages(painter, area);
  paint_line(painter, area, axis, {axis.seen, current_tokens().muted});
  paint_line(painter, area, axis, {axis.held, current_tokens().accent});
}

void TrainingCurve::paint_axes(QPainter& painter, const QRectF& area, const Axis& axis) const {
  const Tokens& t = current_tokens();
  painter.setPen(t.text);
  painter.drawText(QRectF(0, area.top() - kHead, area.right(), kLine), Qt::AlignLeft | Qt::AlignVCenter, axis.title);
  constexpr int kTicks = 2;
  for (int tick = 0; tick <= kTicks; ++tick) {
    const double share = static_cast<double>(tick) / kTicks;
    const double y = area.bottom() - share * area.height();
    painter.setPen(QPen(t.line, 1));
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    painter.setPen(t.muted);
    painter.drawText(QRectF(0, y - kLine / 2, kLeft - 6, kLine), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(share * axis.top, 'g', 3));
  }
}

/// Where a stage begins, and its name where there is room before the next one.
void TrainingCurve::paint_stages(QPainter& painter, const QRectF& area) const {
  const Tokens& t = current_tokens();
  const int last = std::max(1, epochs() - 1);
  const auto begins = [this](std::size_t i) { return i == 0 || points_[i].stage != points_[i - 1].stage; };
  const auto border = [&](std::size_t i) {
    return i == 0 ? area.left() : area.left() + area.width() * (place_of(i) - 0.5) / last;
  };
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (!begins(i)) continue;
    const double x = border(i);
    if (i > 0) {
      painter.setPen(QPen(t.line, 1, Qt::DashLine));
      painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    std::size_t next = i + 1;
    while (next < points_.size() && !begins(next)) ++next;
    const double end = next < points_.size() ? border(next) : area.right();
    const QString name = stage_name(points_[i].stage);
    const double left = std::max(x + 2, area.left() + kLeft);  // the axis' title stands before
    if (left + painter.fontMetrics().horizontalAdvance(name) > end) continue;
    painter.setPen(t.muted);
    painter.drawText(QRectF(left, area.top() - kHead, end - left, kLine), Qt::AlignLeft | Qt::AlignVCenter, name);
  }
}

void TrainingCurve::paint_line(QPainter& painter, const QRectF& area, const Axis& axis, const Series& series) const {
  const int last = std::max(1, epochs() - 1);
  QPainterPath line;
  painter.setPen(Qt::NoPen);
  painter.setBrush(series.colour);
  const std::string* stage = nullptr;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const std::optional<double> value = series.value(points_[i]);
    if (!value || !std::isfinite(*value)) continue;
    const QPointF at(area.left() + area.width() * place_of(i) / last,
                     area.bottom() - area.height() * std::clamp(*value / axis.top, 0.0, 1.0));
    painter.drawEllipse(at, kDot, kDot);
    const bool begins = stage == nullptr || *stage != points_[i].stage;
    begins ? line.moveTo(at) : line.lineTo(at);
    stage = &points_[i].stage;
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(series.colour, 1.5));
  painter.drawPath(line);
}

void TrainingCurve::paint_legend(QPainter& painter, const QRectF& line) const {
  const Tokens& t = current_tokens();
  double x = line.left();
  const auto entry = [&](const QColor& colour, const QString& text) {
    const double y = line.center().y();
    painter.setPen(QPen(colour, 1.5));
    painter.drawLine(QPointF(x, y), QPointF(x + 14, y));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QPointF(x + 7, y), kDot, kDot);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(t.text);
    painter.drawText(QRectF(x + 18, line.top(), line.right() - x - 18, line.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     text);
    x += 18 + painter.fontMetrics().horizontalAdvance(text) + 12;
  };
  entry(t.muted, tr("Learned from"));
  entry(t.accent, tr("Kept out"));
}

}  // namespace purlscope::app
