#pragma once

#include <QElapsedTimer>
#include <QEvent>
#include <QObject>
#include <QPointer>
#include <QWidget>
#include <fstream>
#include <memory>

#include "app/studio/document/background.h"
#include "app/studio/replay/interaction.h"

class QInputMethodEvent;
class QKeyEvent;
class QMouseEvent;
class QDropEvent;
class QResizeEvent;
class QWheelEvent;

namespace purlscope::app {

/// Writes down everything that the person at the program does with mouse, wheel and keys, what is dropped, and how
/// windows change their size: a line each, which is in the file when the program is killed a moment later. What goes to
/// a field that hides its text is left out. Thread: UI; the file is written by a thread of its own.
class InteractionRecorder : public QObject {
 public:
  /// @param file is written anew
  /// @param window size of the window as it is now, logical pixels
  /// @throws Error{Code::io} when the file cannot be written
  InteractionRecorder(const std::filesystem::path& file, QSize window, QObject* parent = nullptr);
  ~InteractionRecorder() override;

  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  /// What was written last of a kind of event, which goes on to the widgets around until one takes it.
  struct Seen {
    QPointer<QWidget> widget;
    QEvent::Type type = QEvent::None;
    quint64 stamp = 0;
    QPointF at;
  };

  void take_mouse(QWidget& widget, const QMouseEvent& event);
  void take_wheel(QWidget& widget, const QWheelEvent& event);
  void take_key(QWidget& receiver, const QKeyEvent& event);
  void take_text(QWidget& widget, const QInputMethodEvent& event);
  void take_drop(QWidget& widget, const QDropEvent& event);
  void take_resize(QWidget& widget, const QResizeEvent& event);
  bool passed_on(Seen& seen, const Seen& now) const;
  Interaction begin(Interaction::Kind kind, QWidget& widget);
  void place(Interaction& step, QWidget& widget, QPointF at);
  void write(const Interaction& step);

  QElapsedTimer clock_;
  Seen mouse_;
  Seen key_;
  int pressed_key_ = 0;
  QPointer<QWidget> secret_;  // the field that hides its text, told of last
  QPointer<QWidget> named_;   // the widget that `name_` names
  Target name_;
  std::shared_ptr<std::ofstream> file_;
  Background writer_;
};

}  // namespace purlscope::app
