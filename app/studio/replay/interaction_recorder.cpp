#include "app/studio/replay/interaction_recorder.h"

#include <fmt/format.h>

#include <QApplication>
#include <QDropEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QUrl>

#include "app/studio/replay/data_path.h"
#include "app/studio/replay/item_place.h"
#include "app/studio/replay/target.h"
#include "core/base/error.h"

namespace purlscope::app {
namespace {

using Kind = Interaction::Kind;

/// A field that shows dots, or that says that its text is nobody's business.
bool hides_text(const QWidget& widget) {
  const auto* line = qobject_cast<const QLineEdit*>(&widget);
  if (line != nullptr && line->echoMode() != QLineEdit::Normal) return true;
  return (widget.inputMethodHints() & (Qt::ImhHiddenText | Qt::ImhSensitiveData)) != 0;
}

/// The list of suggestions below a field has its keys, and hands them on: they are meant for the field.
QWidget& field_of(QWidget& widget) {
  const bool list = widget.windowType() == Qt::Popup && widget.focusProxy() != nullptr;
  return list ? *widget.focusProxy() : widget;
}

/// One that the person places, not a menu or a tooltip.
bool is_placed(const QWidget& widget) {
  return widget.windowType() == Qt::Window || widget.windowType() == Qt::Dialog || widget.windowType() == Qt::Tool;
}

}  // namespace

InteractionRecorder::InteractionRecorder(const std::filesystem::path& file, QSize window, QObject* parent)
    : QObject(parent), file_(std::make_shared<std::ofstream>(file, std::ios::trunc)) {
  if (!(*file_ << interaction_header(window) << std::endl)) {
    throw Error(Code::io,
                fmt::format("{}: the recording cannot be written. Choose a folder that exists and that you may "
                            "write to.",
                            file.string()));
  }
  clock_.start();
  qApp->installEventFilter(this);
}

InteractionRecorder::~InteractionRecorder() { qApp->removeEventFilter(this); }

bool InteractionRecorder::eventFilter(QObject* watched, QEvent* event) {
  if (!watched->isWidgetType()) return false;  // a window hands its events to its widgets
  auto& widget = *static_cast<QWidget*>(watched);
  switch (event->type()) {
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseButtonRelease:
      take_mouse(widget, *static_cast<QMouseEvent*>(event));
      break;
    case QEvent::Wheel:
      take_wheel(widget, *static_cast<QWheelEvent*>(event));
      break;
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
      take_key(widget, *static_cast<QKeyEvent*>(event));
      break;
    case QEvent::InputMethod:
      take_text(widget, *static_cast<QInputMethodEvent*>(event));
      break;
    case QEvent::Drop:
      take_drop(widget, *static_cast<QDropEvent*>(event));
      break;
    case QEvent::Resize:
      take_resize(widget, *static_cast<QResizeEvent*>(event));
      break;
    default:
      break;
  }
  return false;
}

/// An event that nobody took goes to the widget around with the same stamp.
bool InteractionRecorder::passed_on(Seen& seen, const Seen& now) const {
  const bool same = seen.widget && now.type == seen.type && now.stamp == seen.stamp && now.at == seen.at;
  const bool passed = same && now.widget != seen.widget && now.widget->isAncestorOf(seen.widget);
  seen = now;
  return passed;
}

Interaction InteractionRecorder::begin(Kind kind, QWidget& widget) {
  if (named_ != &widget || kind != Kind::move) {  // a stream of moves is named once
    named_ = &widget;
    name_ = target_of(widget);
  }
  Interaction step;
  step.time = static_cast<double>(clock_.nsecsElapsed()) * 1e-9;
  step.kind = kind;
  step.target = name_;
  return step;
}

void InteractionRecorder::place(Interaction& step, QWidget& widget, QPointF at) {
  QRectF rect = widget.rect();
  if (const auto found = item_at(widget, at.toPoint())) {
    step.target.item = found->item;
    rect = found->rect;
  }
  step.at = {(at.x() - rect.x()) / std::max(rect.width(), 1.0), (at.y() - rect.y()) / std::max(rect.height(), 1.0)};
}

void InteractionRecorder::take_mouse(QWidget& widget, const QMouseEvent& event) {
  if (passed_on(mouse_, {&widget, event.type(), event.timestamp(), event.globalPosition()})) return;
  const Kind kind = event.type() == QEvent::MouseMove            ? Kind::move
                    : event.type() == QEvent::MouseButtonRelease ? Kind::release
                                                                 : Kind::press;
  Interaction step = begin(kind, widget);
  place(step, widget, event.position());
  step.button = event.button();
  step.buttons = event.buttons().toInt();
  step.modifiers = event.modifiers().toInt();
  write(step);
}

void InteractionRecorder::take_wheel(QWidget& widget, const QWheelEvent& event) {
  if (passed_on(mouse_, {&widget, event.type(), event.timestamp(), event.globalPosition()})) return;
  Interaction step = begin(Kind::wheel, widget);
  place(step, widget, event.position());
  step.turn = event.angleDelta();
  step.buttons = event.buttons().toInt();
  step.modifiers = event.modifiers().toInt();
  write(step);
}

/// A press is first asked about (the override) and, unless it is a command's key, then told.
void InteractionRecorder::take_key(QWidget& receiver, const QKeyEvent& event) {
  QWidget& widget = field_of(receiver);
  const bool told = event.type() == QEvent::KeyPress && key_.type == QEvent::ShortcutOverride &&
                    pressed_key_ == event.key() && key_.stamp == event.timestamp();
  // Handed on by a list of suggestions.
  const bool again = event.type() == key_.type && event.type() != QEvent::ShortcutOverride && key_.widget == &widget &&
                     pressed_key_ == event.key() && key_.stamp == event.timestamp() && !event.isAutoRepeat();
  const bool passed = passed_on(key_, {&widget, event.type(), event.timestamp(), {}}) && pressed_key_ == event.key();
  pressed_key_ = event.key();
  if (told || again || passed) return;
  if (hides_text(widget)) {
    if (secret_ != &widget) write(begin(Kind::secret, widget));
    secret_ = &widget;
    return;
  }
  Interaction step = begin(event.type() == QEvent::KeyRelease ? Kind::key_release : Kind::key_press, widget);
  step.key = event.key();
  step.modifiers = event.modifiers().toInt();
  step.text = event.text();
  step.repeat = event.isAutoRepeat();
  write(step);
}

void InteractionRecorder::take_text(QWidget& widget, const QInputMethodEvent& event) {
  if (event.commitString().isEmpty() || hides_text(widget)) return;
  Interaction step = begin(Kind::text, widget);
  step.text = event.commitString();
  write(step);
}

void InteractionRecorder::take_drop(QWidget& widget, const QDropEvent& event) {
  Interaction step = begin(Kind::drop, widget);
  for (const QUrl& url : event.mimeData()->urls()) step.files.append(stored_path(url.toLocalFile()));
  if (step.files.isEmpty()) return;
  place(step, widget, event.position());
  write(step);
}

void InteractionRecorder::take_resize(QWidget& widget, const QResizeEvent& event) {
  if (!widget.isWindow() || !is_placed(widget) || !widget.isVisible() || event.size() == event.oldSize()) return;
  Interaction step = begin(Kind::resize, widget);
  step.size = event.size();
  write(step);
}

void InteractionRecorder::write(const Interaction& step) {
  if (step.kind != Kind::secret && step.kind != Kind::move) secret_ = nullptr;
  writer_.run([file = file_, line = interaction_line(step) + '\n'] { *file << line << std::flush; });
}

}  // namespace purlscope::app
