#pragma once

#include <QWidget>

#include "app/studio/replay/interaction.h"

namespace purlscope::app {

/// Name of a widget below those around it, the same in every theme, scale and, where it has an object name or is a
/// command's button, language: "label_line", "QToolButton@playback.toggle", "QToolButton 'Close'", "QFrame".
QString widget_name(const QWidget& widget);

/// The target of an event at a widget, without an item. Thread: UI.
Target target_of(QWidget& widget);

/// The widget that a target names, among those in sight; null when there is none. Thread: UI.
QWidget* find_target(const Target& target);

/// For people: "studio > labels > label_line, entry “wave”".
QString target_text(const Target& target);

/// Where in the widget a place of the target is; its item and itself are scrolled into sight. Nothing where the item is
/// not there.
std::optional<QPointF> point_of(QWidget& widget, const Target& target, QPointF at);

}  // namespace purlscope::app
