#include "app/studio/replay/system_events.h"

#include <QCoreApplication>
#include <QDropEvent>
#include <QInputMethodEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QUrl>
#include <QWheelEvent>
#include <QWidget>
#include <QWindow>

#include "app/studio/replay/data_path.h"

// QtGui exports these two for Qt's own test library, which declares them itself, too.
QT_BEGIN_NAMESPACE
Q_GUI_EXPORT void qt_handleMouseEvent(QWindow* window, const QPointF& local, const QPointF& global,
                                      Qt::MouseButtons state, Qt::MouseButton button, QEvent::Type type,
                                      Qt::KeyboardModifiers mods, int timestamp);
Q_GUI_EXPORT void qt_handleKeyEvent(QWindow* window, QEvent::Type t, int k, Qt::KeyboardModifiers mods,
                                    const QString& text, bool autorep, ushort count);
QT_END_NAMESPACE

namespace purlscope::app {
namespace {

using Kind = Interaction::Kind;

QWindow* window_of(const QWidget& widget) { return widget.window()->windowHandle(); }

/// Of the widget's window.
QPointF in_window(const QWidget& widget, QPointF at) { return widget.mapTo(widget.window(), at); }

Qt::KeyboardModifiers modifiers_of(const Interaction& step) { return Qt::KeyboardModifiers::fromInt(step.modifiers); }

}  // namespace

void send_mouse(QWidget& widget, QPointF at, const Interaction& step, int stamp) {
  const QEvent::Type type = step.kind == Kind::press     ? QEvent::MouseButtonPress
                            : step.kind == Kind::release ? QEvent::MouseButtonRelease
                                                         : QEvent::MouseMove;
  qt_handleMouseEvent(window_of(widget), in_window(widget, at), widget.mapToGlobal(at),
                      Qt::MouseButtons::fromInt(step.buttons), static_cast<Qt::MouseButton>(step.button), type,
                      modifiers_of(step), stamp);
}

void send_wheel(QWidget& widget, QPointF at, const Interaction& step) {
  QCoreApplication::postEvent(window_of(widget), new QWheelEvent(in_window(widget, at), widget.mapToGlobal(at), {},
                                                                 step.turn, Qt::MouseButtons::fromInt(step.buttons),
                                                                 modifiers_of(step), Qt::NoScrollPhase, false));
}

void send_key(QWidget& widget, const Interaction& step) {
  const QEvent::Type type = step.kind == Kind::key_press ? QEvent::KeyPress : QEvent::KeyRelease;
  qt_handleKeyEvent(window_of(widget), type, step.key, modifiers_of(step), step.text, step.repeat, 1);
}

void send_text(QWidget& widget, const Interaction& step) {
  auto* event = new QInputMethodEvent;
  event->setCommitString(step.text);
  QCoreApplication::postEvent(&widget, event);
}

void send_drop(QWidget& widget, QPointF at, const Interaction& step) {
  QMimeData files;
  QList<QUrl> urls;
  for (const QString& file : step.files) urls.append(QUrl::fromLocalFile(real_path(file)));
  files.setUrls(urls);
  QDragEnterEvent enter(at.toPoint(), Qt::CopyAction, &files, Qt::LeftButton, modifiers_of(step));
  QCoreApplication::sendEvent(&widget, &enter);
  QDropEvent drop(at, Qt::CopyAction, &files, Qt::LeftButton, modifiers_of(step));
  QCoreApplication::sendEvent(&widget, &drop);
}

}  // namespace purlscope::app
