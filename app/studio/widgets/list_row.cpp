#include "app/studio/widgets/list_row.h"

#include <QPainter>

#include "app/studio/theme/tokens.h"

namespace purlscope::app {

void paint_row_ground(QPainter* painter, const QStyleOptionViewItem& option) {
  const bool selected = option.state & QStyle::State_Selected;
  if (!selected && !(option.state & QStyle::State_MouseOver)) return;
  painter->setPen(Qt::NoPen);
  painter->setBrush(selected ? current_tokens().selection : current_tokens().raised);
  painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), kRadius, kRadius);
}

void paint_two_lines(QPainter* painter, const QRect& rect, const RowWords& words) {
  const auto cut = [&](const QString& text, Qt::TextElideMode mode) {
    return painter->fontMetrics().elidedText(text, mode, rect.width());
  };
  painter->setPen(current_tokens().text);
  painter->drawText(rect, Qt::AlignLeft | Qt::AlignTop, cut(words.name, Qt::ElideRight));
  QFont small = painter->font();
  small.setPixelSize(kNoteFont);
  painter->setFont(small);
  painter->setPen(words.note_colour);
  painter->drawText(rect, Qt::AlignLeft | Qt::AlignBottom, cut(words.note, words.note_elide));
}

}  // namespace purlscope::app
