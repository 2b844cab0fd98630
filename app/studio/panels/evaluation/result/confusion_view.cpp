#include "app/studio/panels/evaluation/result/confusion_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "app/studio/panels/evaluation/evaluation_words.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"
#include "core/base/error.h"
#include "render/colormap.h"

namespace purlscope::app {
namespace {

constexpr int kMostNames = 128;                 // logical pixels that names may take, beside and above
constexpr double kSmallest = 9, kLargest = 48;  // of a cell's side
constexpr double kNameLine = 12;                // a lower row shows its name only when it is the cursor's
constexpr int kAxis = 15;                       // a line for the words "said" and "true"
constexpr int kLegend = 26, kLegendBar = 6;     // below the grid
constexpr int kLegendLength = 120;
constexpr double kDark = 0.55;  // luminance from which numbers are dark

QFont note_font(const QWidget& widget) {
  QFont font = widget.font();
  font.setPixelSize(kNoteFont);
  return font;
}

QColor color_at(const render::ColorMap* map, double share) {
  const auto at = static_cast<float>(share);
  if (map == nullptr) return QColor::fromRgbF(at, at, at);
  const glm::vec3 c = map->at(at);
  return QColor::fromRgbF(c.r, c.g, c.b);
}

QColor ink_on(const QColor& ground) {
  const double light = 0.299 * ground.redF() + 0.587 * ground.greenF() + 0.114 * ground.blueF();
  return light > kDark ? QColor(0x16, 0x18, 0x1d) : QColor(Qt::white);
}

const render::ColorMap* colour_map() {
  try {
    return &render::ColorMap::get("viridis");
  } catch (const Error&) {
    return nullptr;  // the start-up check has told; greys still show the values
  }
}

}  // namespace

ConfusionView::ConfusionView(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("confusion_view"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAccessibleName(tr("Confusion matrix"));
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void ConfusionView::set_confusion(const core::Confusion& confusion, std::size_t runs) {
  confusion_ = confusion;
  runs_ = runs;
  cursor_ = {};
  hovered_.reset();
  setAccessibleDescription(count() > 0 ? describe(cursor_) : QString());
  updateGeometry();
  update();
}

int ConfusionView::names_width() const {
  const QFontMetrics metrics(note_font(*this));
  int widest = 0;
  for (const std::string& name : confusion_.classes) {
    widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(name)));
  }
  return kAxis + std::min(widest, kMostNames) + kGrid;
}

int ConfusionView::names_height() const { return names_width(); }

double ConfusionView::side(int width) const {
  return std::clamp(static_cast<double>(width - names_width()) / std::max(1, count()), kSmallest, kLargest);
}

int ConfusionView::heightForWidth(int width) const {
  return names_height() + static_cast<int>(std::ceil(side(width) * count())) + kLegend;
}

QSize ConfusionView::sizeHint() const { return {320, heightForWidth(320)}; }

QSize ConfusionView::minimumSizeHint() const {
  const int width = names_width() + static_cast<int>(std::ceil(kSmallest * count()));
  return {width, heightForWidth(width)};
}

QRectF ConfusionView::cell_rect(const Cell& cell) const {
  const double size = side(width());
  return {names_width() + size * static_cast<double>(cell.said),
          names_height() + size * static_cast<double>(cell.truth), size, size};
}

std::optional<ConfusionView::Cell> ConfusionView::cell_at(const QPointF& at) const {
  const QRectF first = cell_rect({0, 0});
  const double column = (at.x() - first.left()) / first.width(), row = (at.y() - first.top()) / first.height();
  if (column < 0 || row < 0 || column >= count() || row >= count()) return std::nullopt;
  return Cell{static_cast<std::size_t>(row), static_cast<std::size_t>(column)};
}

QString ConfusionView::describe(const Cell& cell) const {
  const auto clips = qsizetype(confusion_.decisions(cell.truth));
  const QString of = runs_ == 1 ? counted(clips, tr("of %1 clip"), tr("of %1 clips"))
                                : counted(clips, tr("of %1 decision"), tr("of %1 decisions"));
  return tr("true %1, said %2: %3 %4 (%5)")
      .arg(QString::fromStdString(confusion_.classes[cell.truth]),
           QString::fromStdString(confusion_.classes[cell.said]),
           number_text(qsizetype(confusion_.counts[cell.truth][cell.said])), of,
           figure_text(confusion_.share(cell.truth, cell.said)));
}

void ConfusionView::paintEvent(QPaintEvent*) {
  if (count() == 0) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(note_font(*this));
  const render::ColorMap* map = colour_map();
  paint_cells(painter, map);
  paint_names(painter);
  paint_legend(painter, map);
}

void ConfusionView::paint_cells(QPainter& painter, const render::ColorMap* map) const {
  const Tokens& t = current_tokens();
  const double size = side(width());
  for (std::size_t truth = 0; truth < confusion_.classes.size(); ++truth) {
    for (std::size_t said = 0; said < confusion_.classes.size(); ++said) {
      const std::size_t number = confusion_.counts[truth][said];
      const QRectF rect = cell_rect({truth, said}).adjusted(0.5, 0.5, -0.5, -0.5);
      const QColor ground = number == 0 ? t.raised : color_at(map, confusion_.share(truth, said));
      painter.fillRect(rect, ground);
      if (truth == said) {  // what is right lies on the diagonal
        painter.setPen(QPen(t.muted, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
      }
      const QString words = QString::number(number);
      if (number == 0 || painter.fontMetrics().horizontalAdvance(words) + 4 > size || size < kNoteFont + 3) continue;
      painter.setPen(ink_on(ground));
      painter.drawText(rect, Qt::AlignCenter, words);
    }
  }
  const auto frame = [&](const Cell& cell, const QColor& color) {
    painter.setBrush(Qt::NoBrush);
    for (const QPen& pen : {QPen(t.panel, 4), QPen(color, 2)}) {
      painter.setPen(pen);
      painter.drawRoundedRect(cell_rect(cell), 2, 2);
    }
  };
  if (hovered_) frame(*hovered_, t.text);
  if (hasFocus()) frame(cursor_, t.accent);
}

void ConfusionView::paint_names(QPainter& painter) const {
  const Tokens& t = current_tokens();
  const QFontMetrics metrics = painter.fontMetrics();
  const Cell* marked = hovered_ ? &*hovered_ : (hasFocus() ? &cursor_ : nullptr);
  const bool all = side(width()) >= kNameLine;
  const auto place = [&](std::size_t c) { return cell_rect({c, c}).center(); };
  const int room = names_width() - kAxis - kGrid / 2;
  for (std::size_t c = 0; c < confusion_.classes.size(); ++c) {
    const QString name = metrics.elidedText(QString::fromStdString(confusion_.classes[c]), Qt::ElideRight, room);
    const bool row = marked != nullptr && marked->truth == c, column = marked != nullptr && marked->said == c;
    painter.setPen(row ? t.text : t.muted);
    if (all || row) {
      painter.drawText(QRectF(kAxis, place(c).y() - 8, room, 16), Qt::AlignRight | Qt::AlignVCenter, name);
    }
    if (!all && !column) continue;
    painter.setPen(column ? t.text : t.muted);
    painter.save();
    painter.translate(place(c).x(), names_height() - kGrid / 2.0);
    painter.rotate(-90);
    painter.drawText(QRectF(0, -8, room, 16), Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.restore();
  }
  const double grid = side(width()) * count();
  painter.setPen(t.text);
  painter.drawText(QRectF(names_width(), 0, grid, kAxis), Qt::AlignCenter, tr("said"));
  painter.save();
  painter.translate(0, names_height() + grid);
  painter.rotate(-90);
  painter.drawText(QRectF(0, 0, grid, kAxis), Qt::AlignCenter, tr("true"));
  painter.restore();
}

void ConfusionView::paint_legend(QPainter& painter, const render::ColorMap* map) const {
  const QString low = figure_text(0.0).replace(QStringLiteral("0.0"), QStringLiteral("0"));
  const QString high = tr("100 % of the true class");
  const double top = names_height() + side(width()) * count() + kGrid;
  const int before = painter.fontMetrics().horizontalAdvance(low) + kGrid / 2;
  const QRectF bar(names_width() + before, top + 5, kLegendLength, kLegendBar);
  painter.setPen(current_tokens().muted);
  painter.drawText(QRectF(names_width(), top, before, 16), Qt::AlignLeft | Qt::AlignVCenter, low);
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (int x = 0; x < kLegendLength; ++x) {
    painter.fillRect(QRectF(bar.left() + x, bar.top(), 1, bar.height()),
                     color_at(map, (x + 0.5) / static_cast<double>(kLegendLength)));
  }
  painter.drawText(QRectF(bar.right() + kGrid / 2.0, top, width() - bar.right(), 16), Qt::AlignLeft | Qt::AlignVCenter,
                   high);
}

void ConfusionView::mousePressEvent(QMouseEvent* event) {
  const auto cell = cell_at(event->position());
  if (!cell || event->button() != Qt::LeftButton) return;
  cursor_ = *cell;
  setAccessibleDescription(describe(cursor_));
  update();
  Q_EMIT cell_chosen(cell->truth, cell->said);
}

void ConfusionView::mouseMoveEvent(QMouseEvent* event) {
  const auto cell = cell_at(event->position());
  if (cell == hovered_) return;
  hovered_ = cell;
  cell ? setCursor(Qt::PointingHandCursor) : unsetCursor();
  update();
}

void ConfusionView::leaveEvent(QEvent*) {
  hovered_.reset();
  update();
}

void ConfusionView::move_cursor(int rows, int columns) {
  if (count() == 0) return;
  const auto moved = [this](std::size_t at, int by) {
    return static_cast<std::size_t>(std::clamp(static_cast<int>(at) + by, 0, count() - 1));
  };
  cursor_ = {moved(cursor_.truth, rows), moved(cursor_.said, columns)};
  setAccessibleDescription(describe(cursor_));
  QToolTip::showText(mapToGlobal(cell_rect(cursor_).bottomRight().toPoint()), plain_tooltip(describe(cursor_)), this);
  update();
}

void ConfusionView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
      return move_cursor(0, -1);
    case Qt::Key_Right:
      return move_cursor(0, 1);
    case Qt::Key_Up:
      return move_cursor(-1, 0);
    case Qt::Key_Down:
      return move_cursor(1, 0);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (count() > 0) Q_EMIT cell_chosen(cursor_.truth, cursor_.said);
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

bool ConfusionView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  if (const auto cell = cell_at(help->pos())) {
    QToolTip::showText(help->globalPos(), plain_tooltip(describe(*cell)), this);
  } else {
    QToolTip::hideText();
  }
  return true;
}

}  // namespace purlscope::app
