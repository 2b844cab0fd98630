#pragma once

#include <QRect>
#include <optional>

#include "app/studio/replay/interaction.h"

class QWidget;

namespace purlscope::app {

/// Where an entry of a widget stands.
struct ItemPlace {
  Item item;
  QRect rect;  ///< of the widget, logical pixels
};

/// The entry of a list, table, menu or row of tabs below a point of the widget; nothing where there is none.
/// Thread: UI.
std::optional<ItemPlace> item_at(QWidget& widget, const QPoint& at);

/// Where an entry stands now; it is scrolled into sight. Nothing where it is not there.
std::optional<QRect> find_item(QWidget& widget, const Item& item);

}  // namespace purlscope::app
