#include "app/studio/panels/attention/attention_matrix.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <tuple>

#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"
#include "core/base/error.h"
#include "render/colormap.h"
#include "render/overlay/text.h"

namespace purlscope::app {
namespace {

constexpr int kNameWidth = 52;
constexpr int kAxisHeight = 18;
constexpr int kRowHeight = 17;
constexpr int kMinRowHeight = 14;  // below, the names of the rows touch
constexpr int kTop = 2;            // room for the frame of the first row
constexpr int kLegendBar = 8;
constexpr int kLegendGap = 4;
constexpr int kMinWidth = 220;

QColor to_color(const glm::vec3& c) { return QColor::fromRgbF(c.r, c.g, c.b); }

QColor color_at(const render::ColorMap* map, float share) {
  return map != nullptr ? to_color(map->at(share)) : QColor::fromRgbF(share, share, share);
}

QFont note_font(const QWidget& widget) {
  QFont font = widget.font();
  font.setPixelSize(kNoteFont);
  return font;
}

/// A frame that shows on every colour: the line lies on a wider one of the ground's colour.
void draw_frame(QPainter& painter, const QRectF& rect, const QColor& color, double width) {
  painter.setBrush(Qt::NoBrush);
  for (const QPen& pen : {QPen(current_tokens().panel, width + 2.0), QPen(color, width)}) {
    painter.setPen(pen);
    painter.drawRoundedRect(rect, 2, 2);
  }
}

}  // namespace

AttentionMatrix::AttentionMatrix(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("attention_matrix"));
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Attention matrix"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize AttentionMatrix::sizeHint() const { return {320, kTop + 8 * kRowHeight + kAxisHeight}; }
QSize AttentionMatrix::minimumSizeHint() const { return {kMinWidth, kTop + 8 * kMinRowHeight + kAxisHeight}; }

void AttentionMatrix::set_data(MatrixData data) {
  data_ = std::move(data);
  std::tie(low_, high_) = colour_range(data_);
  legend_width_ = legend_width();
  if (cursor_.row >= data_.rows.size() || cursor_.column >= data_.columns.size()) cursor_ = {};
  update();
}

void AttentionMatrix::set_chosen_row(std::optional<std::size_t> row) {
  chosen_row_ = row;
  if (row && *row < data_.rows.size()) cursor_.row = *row;
  update();
}

void AttentionMatrix::set_marked_columns(std::vector<std::size_t> columns) {
  marked_ = std::move(columns);
  update();
}

QRectF AttentionMatrix::grid() const {
  return {static_cast<qreal>(kNameWidth), static_cast<qreal>(kTop),
          static_cast<qreal>(std::max(0, width() - kNameWidth - legend_width_)),
          static_cast<qreal>(std::max(0, height() - kTop - kAxisHeight))};
}

QRectF AttentionMatrix::cell_rect(const Cell& cell) const {
  const QRectF area = grid();
  const double w = area.width() / static_cast<double>(std::max<std::size_t>(1, data_.columns.size()));
  const double h = area.height() / static_cast<double>(std::max<std::size_t>(1, data_.rows.size()));
  return {area.left() + w * static_cast<double>(cell.column), area.top() + h * static_cast<double>(cell.row), w, h};
}

std::optional<AttentionMatrix::Cell> AttentionMatrix::cell_at(const QPointF& at) const {
  if (data_.values.empty() || at.y() >= grid().bottom() || at.y() < grid().top() || at.x() >= grid().right())
    return std::nullopt;
  const QRectF first = cell_rect({0, 0});
  const double column = std::max(0.0, (at.x() - first.left()) / first.width());  // a click on the name takes column 0
  const Cell cell{static_cast<std::size_t>((at.y() - first.top()) / first.height()), static_cast<std::size_t>(column)};
  if (cell.row >= data_.rows.size() || cell.column >= data_.columns.size()) return std::nullopt;
  return cell;
}

QString AttentionMatrix::describe(const Cell& cell) const {
  const float value = data_.values[cell.row * data_.columns.size() + cell.column];
  const QString number =
      data_.diverging ? signed_number(value, 3) : QString::number(static_cast<double>(value), 'f', 3);
  return QStringLiteral("%1 · %2: %3").arg(data_.rows[cell.row], data_.columns[cell.column], number);
}

void AttentionMatrix::paintEvent(QPaintEvent*) {
  if (data_.values.empty()) return;
  QPainter painter(this);
  const render::ColorMap* map = nullptr;
  try {
    map = &render::ColorMap::get(data_.colour_map);
  } catch (const Error&) {
    map = nullptr;  // the start-up check has told; greys still show the values
  }
  paint_cells(painter, map);
  painter.setRenderHint(QPainter::Antialiasing);
  paint_marks(painter);
  paint_axis(painter);
  paint_legend(painter, map);
}

void AttentionMatrix::paint_cells(QPainter& painter, const render::ColorMap* map) const {
  const Tokens& t = current_tokens();
  QFont font = note_font(*this);
  const std::size_t columns = data_.columns.size();
  for (std::size_t row = 0; row < data_.rows.size(); ++row) {
    const QRectF first = cell_rect({row, 0});
    const bool chosen = chosen_row_ == row;
    font.setWeight(chosen ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    painter.setPen(chosen ? t.text : t.muted);
    painter.drawText(QRectF(0, first.top(), kNameWidth - kGrid, first.height()), Qt::AlignRight | Qt::AlignVCenter,
                     data_.rows[row]);
    for (std::size_t column = 0; column < columns; ++column) {
      const float value = data_.values[row * columns + column];
      const float share = std::isfinite(value) ? std::clamp((value - low_) / (high_ - low_), 0.0F, 1.0F) : 0.0F;
      painter.fillRect(cell_rect({row, column}).adjusted(0.5, 0.5, -0.5, -0.5),
                       std::isfinite(value) ? color_at(map, share) : t.raised);
    }
  }
}

void AttentionMatrix::paint_marks(QPainter& painter) const {
  const Tokens& t = current_tokens();
  if (chosen_row_ && *chosen_row_ < data_.rows.size()) {
    QRectF row = cell_rect({*chosen_row_, 0});
    row.setRight(grid().right());
    draw_frame(painter, row, t.text, 1.5);
    for (const std::size_t column : marked_) draw_frame(painter, cell_rect({*chosen_row_, column}), t.accent, 2.0);
  }
  if (hasFocus()) draw_frame(painter, cell_rect(cursor_), t.accent, 2.0);
}

void AttentionMatrix::paint_axis(QPainter& painter) const {
  const Tokens& t = current_tokens();
  painter.setFont(note_font(*this));
  const double width = cell_rect({0, 0}).width();
  double x = grid().left();
  for (const auto& [name, count] : data_.groups) {
    const QRectF span(x, grid().bottom() + 2, width * count, kAxisHeight - 2);
    painter.setPen(QPen(t.line, 1));
    painter.drawLine(QPointF(span.left() + 1, span.top()), QPointF(span.right() - 1, span.top()));
    painter.setPen(t.muted);
    painter.drawText(span, Qt::AlignCenter,
                     painter.fontMetrics().elidedText(name, Qt::ElideRight, static_cast<int>(span.width())));
    x += span.width();
  }
}

QString AttentionMatrix::legend_number(float value) const {
  const float range = high_ - low_;
  return QString::fromStdString(data_.diverging ? render::format_signed(value, range)
                                : value == 0.0F ? "0"
                                                : render::format_value(value, range));
}

int AttentionMatrix::legend_width() const {
  const QFontMetrics metrics(note_font(*this));
  int numbers = metrics.horizontalAdvance(QStringLiteral("+0.0000"));  // at least, so that the grid keeps its place
  for (const float end : {low_, high_}) numbers = std::max(numbers, metrics.horizontalAdvance(legend_number(end)));
  return kGrid + kLegendBar + kLegendGap + numbers;
}

void AttentionMatrix::paint_legend(QPainter& painter, const render::ColorMap* map) const {
  const QRectF bar(grid().right() + kGrid, grid().top(), kLegendBar, grid().height());
  painter.setRenderHint(QPainter::Antialiasing, false);
  const int rows = static_cast<int>(bar.height());
  for (int row = 0; row < rows; ++row) {
    const float share = 1.0F - (static_cast<float>(row) + 0.5F) / static_cast<float>(rows);
    painter.fillRect(QRectF(bar.left(), bar.top() + row, bar.width(), 1), color_at(map, share));
  }
  painter.setFont(note_font(*this));
  painter.setPen(current_tokens().muted);
  const QRectF numbers(bar.right() + kLegendGap, bar.top() - 2, width() - bar.right() - kLegendGap, bar.height() + 4);
  painter.drawText(numbers, Qt::AlignLeft | Qt::AlignTop, legend_number(high_));
  painter.drawText(numbers, Qt::AlignLeft | Qt::AlignBottom, legend_number(low_));
}

void AttentionMatrix::mousePressEvent(QMouseEvent* event) {
  const auto cell = cell_at(event->position());
  if (!cell) return;
  cursor_ = *cell;
  Q_EMIT cell_chosen(cell->row, cell->column);
  update();
}

void AttentionMatrix::move_cursor(int rows, int columns) {
  if (data_.values.empty()) return;
  const auto moved = [](std::size_t at, int by, std::size_t count) {
    return static_cast<std::size_t>(std::clamp<long>(static_cast<long>(at) + by, 0, static_cast<long>(count) - 1));
  };
  cursor_ = {moved(cursor_.row, rows, data_.rows.size()), moved(cursor_.column, columns, data_.columns.size())};
  setAccessibleDescription(describe(cursor_));
  QToolTip::showText(mapToGlobal(cell_rect(cursor_).bottomRight().toPoint()), describe(cursor_), this);
  update();
}

void AttentionMatrix::keyPressEvent(QKeyEvent* event) {
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
      if (!data_.values.empty()) Q_EMIT cell_chosen(cursor_.row, cursor_.column);
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

bool AttentionMatrix::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto cell = cell_at(help->pos());
    if (cell) {
      QToolTip::showText(help->globalPos(), describe(*cell), this);
    } else {
      QToolTip::hideText();
    }
    return true;
  }
  return QWidget::event(event);
}

}  // namespace purlscope::app
