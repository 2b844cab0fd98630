#pragma once

#include <QPointF>

#include "app/studio/replay/interaction.h"

class QWidget;

namespace purlscope::app {

/// Hands events to Qt as the window system does, so that shortcuts, pop-ups, double clicks and dragging work as with a
/// person at the window. They are delivered by the event loop, in their order. Thread: UI.

/// A move, press or release. @param at of the widget, logical pixels @param stamp ms; two clicks near in time are a
/// double click
void send_mouse(QWidget& widget, QPointF at, const Interaction& step, int stamp);
void send_wheel(QWidget& widget, QPointF at, const Interaction& step);
/// A key's press or release, to whatever has the focus of the widget's window.
void send_key(QWidget& widget, const Interaction& step);
/// What an input method wrote.
void send_text(QWidget& widget, const Interaction& step);
/// Files that are dropped.
void send_drop(QWidget& widget, QPointF at, const Interaction& step);

}  // namespace purlscope::app
