#include "app/studio/replay/item_place.h"

#include <QAbstractItemView>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>

namespace purlscope::app {
namespace {

QString row_name(int row) { return QStringLiteral("#%1").arg(row); }

// Lists, tables, trees.

QAbstractItemView* view_of(QWidget& widget) {
  auto* view = qobject_cast<QAbstractItemView*>(widget.parentWidget());
  return view != nullptr && view->viewport() == &widget && view->model() != nullptr ? view : nullptr;
}

/// Rows of a drop-down list are told by their number, as their texts are the program's own and have another language
/// tomorrow.
bool by_number(const QAbstractItemView& view) { return view.parent()->inherits("QComboBoxPrivateContainer"); }

QString text_of(const QAbstractItemView& view, const QModelIndex& index) {
  const QString text = by_number(view) ? QString() : index.siblingAtColumn(0).data().toString();
  return text.isEmpty() ? row_name(index.row()) : text;
}

/// The rows below `parent` that say `text`.
std::vector<QModelIndex> rows_of(const QAbstractItemView& view, const QModelIndex& parent, const QString& text) {
  std::vector<QModelIndex> rows;
  const QAbstractItemModel* model = view.model();
  for (int row = 0; row < model->rowCount(parent); ++row) {
    const QModelIndex index = model->index(row, 0, parent);
    if (text_of(view, index) == text) rows.push_back(index);
  }
  return rows;
}

std::optional<ItemPlace> entry_at(const QAbstractItemView& view, const QPoint& at) {
  const QModelIndex index = view.indexAt(at);
  if (!index.isValid()) return {};
  ItemPlace place{{{}, index.column(), 0}, view.visualRect(index)};
  for (QModelIndex up = index; up.isValid(); up = up.parent()) place.item.path.prepend(text_of(view, up));
  for (const QModelIndex& row : rows_of(view, index.parent(), place.item.path.back())) {
    if (row.row() == index.row()) break;
    ++place.item.nth;
  }
  return place;
}

std::optional<QRect> find_entry(QAbstractItemView& view, const Item& item) {
  QModelIndex index;
  for (qsizetype level = 0; level < item.path.size(); ++level) {
    const auto rows = rows_of(view, index, item.path[level]);
    const std::size_t nth = level + 1 == item.path.size() ? static_cast<std::size_t>(item.nth) : 0;
    if (nth >= rows.size()) return {};
    index = rows[nth];
  }
  index = index.siblingAtColumn(item.column);
  if (!index.isValid()) return {};
  view.scrollTo(index);
  return view.visualRect(index);
}

// Menus: an entry is its command, or the menu that it opens; those are named alike in all languages.

QString name_of(const QAction& action) {
  if (!action.objectName().isEmpty()) return action.objectName();
  const QMenu* menu = action.menu();
  return menu != nullptr && !menu->objectName().isEmpty() ? menu->objectName() : action.text();
}

template <typename Menu>
std::optional<ItemPlace> action_at(const Menu& menu, const QPoint& at) {
  QAction* action = menu.actionAt(at);
  if (action == nullptr) return {};
  return ItemPlace{{{name_of(*action)}, 0, 0}, menu.actionGeometry(action)};
}

template <typename Menu>
std::optional<QRect> find_action(const Menu& menu, const Item& item) {
  for (QAction* action : menu.actions()) {
    if (action->isVisible() && name_of(*action) == item.path.back()) return menu.actionGeometry(action);
  }
  return {};
}

// Tabs: those of panels keep their panel's address.

QString tab_name(const QTabBar& bar, int tab) {
  const auto address = bar.tabData(tab).value<quintptr>();
  for (const QDockWidget* dock : bar.window()->findChildren<QDockWidget*>()) {
    if (reinterpret_cast<quintptr>(dock) == address) return dock->objectName();
  }
  return row_name(tab);
}

std::optional<ItemPlace> tab_at(const QTabBar& bar, const QPoint& at) {
  const int tab = bar.tabAt(at);
  if (tab < 0) return {};
  return ItemPlace{{{tab_name(bar, tab)}, 0, 0}, bar.tabRect(tab)};
}

std::optional<QRect> find_tab(const QTabBar& bar, const Item& item) {
  for (int tab = 0; tab < bar.count(); ++tab) {
    if (tab_name(bar, tab) == item.path.back()) return bar.tabRect(tab);
  }
  return {};
}

}  // namespace

std::optional<ItemPlace> item_at(QWidget& widget, const QPoint& at) {
  if (const auto* view = view_of(widget)) return entry_at(*view, at);
  if (const auto* menu = qobject_cast<QMenu*>(&widget)) return action_at(*menu, at);
  if (const auto* bar = qobject_cast<QMenuBar*>(&widget)) return action_at(*bar, at);
  if (const auto* tabs = qobject_cast<QTabBar*>(&widget)) return tab_at(*tabs, at);
  return {};
}

std::optional<QRect> find_item(QWidget& widget, const Item& item) {
  if (auto* view = view_of(widget)) return find_entry(*view, item);
  if (const auto* menu = qobject_cast<QMenu*>(&widget)) return find_action(*menu, item);
  if (const auto* bar = qobject_cast<QMenuBar*>(&widget)) return find_action(*bar, item);
  if (const auto* tabs = qobject_cast<QTabBar*>(&widget)) return find_tab(*tabs, item);
  return {};
}

}  // namespace purlscope::app
