#include "app/studio/panels/refinement/refinement_curve.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <vector>

#include "app/studio/refinement/refinement_link.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr double kRight = 32;   // for the numbers at the end
constexpr double kMargin = 7;   // half a line of text
constexpr double kDot = 2.5;    // radius
constexpr double kNumber = 12;  // height

struct Line {
  std::vector<double> values;  ///< 0 to 1
  QColor colour;
};

/// What there is to draw, the line that matters last.
std::vector<Line> lines_of(const RefinementLink& link) {
  const Tokens& t = current_tokens();
  if (const auto& curve = link.record().curve(); !curve.empty()) {
    Line plain{{}, t.muted}, refined{{}, t.accent};
    for (const ArrivalScore& score : curve) {
      plain.values.push_back(score.plain);
      refined.values.push_back(score.refined);
    }
    return {plain, refined};
  }
  Line agreement{{}, t.accent};
  for (const core::RefinementPoint& point : link.state().curve) agreement.values.push_back(point.agreement);
  if (agreement.values.empty()) return {};
  return {agreement};
}

QPainterPath path_of(const std::vector<double>& values, const QRectF& area) {
  QPainterPath path;
  const double last = std::max<double>(1, static_cast<double>(values.size()) - 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const QPointF at(area.left() + area.width() * static_cast<double>(i) / last,
                     area.bottom() - area.height() * std::clamp(values[i], 0.0, 1.0));
    i == 0 ? path.moveTo(at) : path.lineTo(at);
  }
  return path;
}

}  // namespace

RefinementCurve::RefinementCurve(RefinementLink* link, QWidget* parent) : QWidget(parent), link_(link) {
  setObjectName(QStringLiteral("refinement_curve"));
  setAccessibleName(tr("Curve of the refinement"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  connect(link, &RefinementLink::changed, this, &RefinementCurve::describe);
  describe();
}

void RefinementCurve::describe() {
  const auto& curve = link_->record().curve();
  const auto& state = link_->state();
  QString about;
  if (!curve.empty()) {
    about = tr("Right when they came, of %1 with a known label: %2 without refinement (grey), %3 with it (blue)")
                .arg(counted(qsizetype(link_->record().known()), tr("%1 recording"), tr("%1 recordings")),
                     per_cent(curve.back().plain), per_cent(curve.back().refined));
  } else if (!state.curve.empty()) {
    about = tr("No true labels are known. Of the last windows, %1 have the label that they would get without "
               "refinement")
                .arg(per_cent(state.curve.back().agreement));
  } else {
    about = tr("Nothing has been learned from yet");
  }
  setAccessibleDescription(about);
  setToolTip(plain_tooltip(about));
  update();
}

void RefinementCurve::paintEvent(QPaintEvent*) {
  const Tokens& t = current_tokens();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QFont font = painter.font();
  font.setPixelSize(kNoteFont);
  painter.setFont(font);
  const QRectF area(1, kMargin, width() - kRight - 2, height() - 2 * kMargin);
  for (const double share : {0.0, 0.5, 1.0}) {
    const double y = area.bottom() - share * area.height();
    painter.setPen(QPen(t.line, 1));
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    if (share == 0.5) continue;
    painter.setPen(t.muted);
    painter.drawText(QRectF(area.right() + 4, y - kNumber / 2, kRight - 4, kNumber), Qt::AlignLeft | Qt::AlignVCenter,
                     share == 0 ? QStringLiteral("0") : QStringLiteral("100"));
  }
  for (const Line& line : lines_of(*link_)) {
    const QPainterPath path = path_of(line.values, area);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(line.colour, 1.5));
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(line.colour);
    painter.drawEllipse(path.currentPosition(), kDot, kDot);
  }
}

}  // namespace purlscope::app
