#pragma once

#include <QColor>
#include <QStyleOptionViewItem>

class QPainter;

namespace purlscope::app {

/// The ground of a chosen or hovered row of a list. Thread: UI.
void paint_row_ground(QPainter* painter, const QStyleOptionViewItem& option);

/// A row's name and, smaller and in a colour of its own, what is to be said of it below.
struct RowWords {
  QString name;
  QString note;
  QColor note_colour;
  Qt::TextElideMode note_elide = Qt::ElideRight;
};

/// Two lines in a rectangle, each cut to its width. Leaves the painter's font and pen changed.
void paint_two_lines(QPainter* painter, const QRect& rect, const RowWords& words);

}  // namespace purlscope::app
