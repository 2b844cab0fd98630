#include "app/studio/panels/refinement/bank_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kRowHeight = 18;
constexpr double kNamesShare = 0.32;  // of the width
constexpr double kMostNames = 140;
constexpr double kCountWidth = 22;  // at the end of a row
constexpr double kWidestCell = 26;
constexpr double kNarrowestCell = 5;
constexpr double kGap = 1.5;
constexpr double kRoomForCurve = 9;  // a narrower cell shows its colour alone
constexpr int kFaintest = 40;        // of 255, of a window that nobody was sure of

QColor shade(const QColor& ground, const QColor& full, double share) {
  const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
  return {mix(ground.red(), full.red()), mix(ground.green(), full.green()), mix(ground.blue(), full.blue())};
}

/// Colour of a confidence from 0 to 1.
QColor colour_of(double confidence) {
  const Tokens& t = current_tokens();
  const double least = kFaintest / 255.0;
  return shade(t.raised, t.accent, least + (1 - least) * std::clamp(confidence, 0.0, 1.0));
}

}  // namespace

BankView::BankView(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("refinement_bank"));
  setAccessibleName(tr("Bank"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  describe();
}

void BankView::set_rows(std::vector<BankRow> rows, std::size_t places) {
  rows_ = std::move(rows);
  places_ = places;
  hovered_.reset();
  if (cell(current_) == nullptr) current_.reset();
  updateGeometry();
  describe();
  update();
}

QSize BankView::sizeHint() const {
  return {300, kRowHeight * static_cast<int>(std::max<std::size_t>(1, rows_.size()))};
}

double BankView::names_width() const { return std::min(kMostNames, kNamesShare * width()); }

double BankView::pitch() const {
  const double room = width() - names_width() - kCountWidth;
  return std::clamp(room / static_cast<double>(std::max<std::size_t>(1, places_)), kNarrowestCell, kWidestCell);
}

QRect BankView::cell_rect(std::size_t row, std::size_t cell) const {
  const double left = names_width() + static_cast<double>(cell) * pitch();
  return QRectF(left, static_cast<double>(row) * kRowHeight + kGap, pitch() - kGap, kRowHeight - 2 * kGap).toRect();
}

std::optional<BankView::Place> BankView::place_at(const QPoint& point) const {
  if (point.y() < 0 || point.x() < names_width()) return std::nullopt;
  const Place place{static_cast<std::size_t>(point.y() / kRowHeight),
                    static_cast<std::size_t>((point.x() - names_width()) / pitch())};
  return cell(place) != nullptr ? std::optional(place) : std::nullopt;
}

const BankCell* BankView::cell(const std::optional<Place>& place) const {
  if (!place || place->row >= rows_.size() || place->cell >= rows_[place->row].cells.size()) return nullptr;
  return &rows_[place->row].cells[place->cell];
}

QString BankView::about(const Place& place) const {
  const BankCell& found = *cell(place);
  const core::BankEntry& entry = found.entry;
  QStringList lines{tr("Taken for “%1”, %2 sure").arg(QString::fromStdString(entry.slot), per_cent(entry.confidence)),
                    tr("%1, %2–%3 s, window %4")
                        .arg(QString::fromStdString(entry.clip))
                        .arg(entry.begin, 0, 'f', 1)
                        .arg(entry.end, 0, 'f', 1)
                        .arg(entry.number + 1)};
  if (found.arrival && !found.arrival->path.empty()) {
    lines.append(tr("Click to show it"));
  } else if (found.arrival) {
    lines.append(tr("Of a live source: it cannot be opened"));
  } else {
    lines.append(tr("Learned in an earlier run: its file is not known"));
  }
  return lines.join(QLatin1Char('\n'));
}

void BankView::describe() {
  std::size_t count = 0;
  for (const BankRow& row : rows_) count += row.cells.size();
  QString text = counted(qsizetype(count), tr("%1 window remembered"), tr("%1 windows remembered"));
  if (current_) text += QStringLiteral(". ") + about(*current_);
  setAccessibleDescription(text);
}

void BankView::choose(const std::optional<Place>& place) {
  const BankCell* found = cell(place);
  if (found != nullptr && found->arrival && !found->arrival->path.empty()) Q_EMIT chosen(*found->arrival);
}

void BankView::walk(int rows, int cells) {
  std::vector<Place> places;  // rows without windows are passed over
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    if (!rows_[row].cells.empty()) places.push_back({row, 0});
  }
  if (places.empty()) return;
  if (!current_) {
    current_ = places.front();
  } else {
    const auto now = std::ranges::find(places, current_->row, &Place::row) - places.begin();
    const auto row = std::clamp<std::ptrdiff_t>(now + rows, 0, std::ssize(places) - 1);
    const std::size_t to = places[static_cast<std::size_t>(row)].row;
    const auto cell = static_cast<std::ptrdiff_t>(current_->cell) + cells;
    current_ =
        Place{to, static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(cell, 0, std::ssize(rows_[to].cells) - 1))};
  }
  describe();
  update();
  Q_EMIT walked(cell_rect(current_->row, current_->cell));
}

void BankView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
      return walk(0, -1);
    case Qt::Key_Right:
      return walk(0, 1);
    case Qt::Key_Up:
      return walk(-1, 0);
    case Qt::Key_Down:
      return walk(1, 0);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return choose(current_);
    default:
      QWidget::keyPressEvent(event);
  }
}

void BankView::mouseMoveEvent(QMouseEvent* event) {
  const auto place = place_at(event->position().toPoint());
  if (place == hovered_) return;
  hovered_ = place;
  const BankCell* found = cell(place);
  const bool opens = found != nullptr && found->arrival && !found->arrival->path.empty();
  setCursor(opens ? Qt::PointingHandCursor : Qt::ArrowCursor);
  update();
}

void BankView::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) choose(place_at(event->position().toPoint()));
}

void BankView::leaveEvent(QEvent* event) {
  hovered_.reset();
  update();
  QWidget::leaveEvent(event);
}

bool BankView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  if (const auto place = place_at(help->pos())) {
    const QString text = about(*place).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    QToolTip::showText(help->globalPos(), QStringLiteral("<span>%1</span>").arg(text), this,
                       cell_rect(place->row, place->cell));
  } else {
    QToolTip::hideText();
  }
  return true;
}

void BankView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  for (std::size_t row = 0; row < rows_.size(); ++row) paint_row(painter, row);
}

void BankView::paint_row(QPainter& painter, std::size_t row) const {
  const Tokens& t = current_tokens();
  const BankRow& shown = rows_[row];
  const double top = static_cast<double>(row) * kRowHeight;
  QFont font = this->font();
  font.setPixelSize(kNoteFont + 1);
  painter.setFont(font);
  painter.setPen(shown.asked ? t.text : t.muted);
  const QRectF name(0, top, names_width() - kGrid, kRowHeight);
  painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(QString::fromStdString(shown.slot), Qt::ElideRight,
                                                    static_cast<int>(name.width())));
  for (std::size_t i = 0; i < std::max(places_, shown.cells.size()); ++i) {
    const QRectF rect = cell_rect(row, i);
    if (i < shown.cells.size()) {
      paint_cell(painter, rect, shown.cells[i]);
    } else {
      painter.setPen(QPen(t.line, 1));
      painter.setBrush(Qt::NoBrush);
      painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    }
    const Place here{row, i};
    const bool marked = hasFocus() && current_ == here;
    if (!marked && hovered_ != here) continue;
    painter.setPen(QPen(t.text, marked ? 2 : 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2);
  }
  painter.setPen(t.muted);
  font.setPixelSize(kNoteFont);
  painter.setFont(font);
  painter.drawText(QRectF(width() - kCountWidth, top, kCountWidth, kRowHeight), Qt::AlignRight | Qt::AlignVCenter,
                   QString::number(shown.cells.size()));
}

void BankView::paint_cell(QPainter& painter, const QRectF& rect, const BankCell& cell) const {
  const Tokens& t = current_tokens();
  const QColor ground = colour_of(cell.entry.confidence);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ground);
  painter.drawRoundedRect(rect, 2, 2);
  if (!cell.arrival || cell.arrival->energy.size() < 2 || rect.width() < kRoomForCurve) return;
  const QRectF area = rect.adjusted(1.5, 3, -1.5, -2);
  const auto& energy = cell.arrival->energy;
  QPainterPath course;
  for (std::size_t i = 0; i < energy.size(); ++i) {
    const QPointF at(area.left() + area.width() * static_cast<double>(i) / static_cast<double>(energy.size() - 1),
                     area.bottom() - area.height() * energy[i]);
    i == 0 ? course.moveTo(at) : course.lineTo(at);
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(cell.entry.confidence > 0.5F ? t.panel : t.text, 1));
  painter.drawPath(course);
}

}  // namespace purlscope::app
