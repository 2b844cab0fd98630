#include "app/studio/replay/target.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QScrollArea>
#include <QToolButton>

#include "app/studio/replay/item_place.h"

namespace purlscope::app {
namespace {

bool has_name(const QWidget& widget) { return !widget.objectName().isEmpty(); }

/// Whether `path` is in `names`, in its order and up to its end.
bool leads(const QStringList& path, const QStringList& names) {
  if (path.isEmpty() || names.isEmpty() || path.back() != names.back()) return false;
  qsizetype next = 0;
  for (const QString& name : names) {
    if (next < path.size() && path[next] == name) ++next;
  }
  return next == path.size();
}

/// Names of those around the widget that have one, and of itself.
QStringList path_of(const QWidget& widget) {
  QStringList path{widget_name(widget)};
  for (const QWidget* up = widget.parentWidget(); up != nullptr; up = up->parentWidget()) {
    if (has_name(*up)) path.prepend(up->objectName());
  }
  return path;
}

/// All widgets in sight that the path names.
std::vector<QWidget*> candidates(const QStringList& path) {
  std::vector<QWidget*> found;
  const auto look_at = [&](QWidget* widget) {
    if (!widget->isVisible() || widget_name(*widget) != path.back()) return;
    if (leads(path, path_of(*widget))) found.push_back(widget);
  };
  for (QWidget* top : QApplication::topLevelWidgets()) {
    if (top->parentWidget() != nullptr) continue;  // reached from the window that it belongs to
    look_at(top);
    for (QWidget* widget : top->findChildren<QWidget*>()) look_at(widget);
  }
  return found;
}

void scroll_into_sight(QWidget& widget) {
  for (QWidget* up = widget.parentWidget(); up != nullptr; up = up->parentWidget()) {
    if (auto* area = qobject_cast<QScrollArea*>(up)) area->ensureWidgetVisible(&widget, 0, 0);
  }
}

}  // namespace

QString widget_name(const QWidget& widget) {
  if (has_name(widget)) return widget.objectName();
  const QString kind = QString::fromLatin1(widget.metaObject()->className());
  const auto* button = qobject_cast<const QToolButton*>(&widget);
  if (button != nullptr && button->defaultAction() != nullptr && !button->defaultAction()->objectName().isEmpty()) {
    return kind + QLatin1Char('@') + button->defaultAction()->objectName();
  }
  if (!widget.accessibleName().isEmpty()) return QStringLiteral("%1 '%2'").arg(kind, widget.accessibleName());
  return kind;
}

Target target_of(QWidget& widget) {
  Target target{path_of(widget), 0, {}};
  for (const QWidget* other : candidates(target.path)) {
    if (other == &widget) return target;
    ++target.nth;
  }
  target.nth = 0;
  return target;
}

QWidget* find_target(const Target& target) {
  const auto found = candidates(target.path);
  const auto nth = static_cast<std::size_t>(target.nth);
  QWidget* named = nth < found.size() ? found[nth] : nullptr;
  if (!target.item || (named != nullptr && find_item(*named, *target.item))) return named;
  // Rows of tabs have no names, and come and go with their panels: the one with the entry is meant.
  for (QWidget* other : found) {
    if (find_item(*other, *target.item)) return other;
  }
  return named;
}

QString target_text(const Target& target) {
  QString text = target.path.join(QStringLiteral(" > "));
  if (target.nth > 0) text += QStringLiteral(" [%1]").arg(target.nth);
  if (target.item) text += QStringLiteral(", entry “%1”").arg(target.item->path.join(QStringLiteral(" > ")));
  return text;
}

std::optional<QPointF> point_of(QWidget& widget, const Target& target, QPointF at) {
  scroll_into_sight(widget);
  QRectF rect = widget.rect();
  if (target.item) {
    const auto found = find_item(widget, *target.item);
    if (!found) return {};
    rect = *found;
  }
  return rect.topLeft() + QPointF(at.x() * rect.width(), at.y() * rect.height());
}

}  // namespace purlscope::app
