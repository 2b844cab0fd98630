#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace purlscope::app {

class CommandTable;
class LiveSession;

/// Above the view while a source is connected: a red light while poses come, what and how it is, and what can be done
/// with it. Thread: UI.
class LiveBar : public QFrame {
  Q_OBJECT

 public:
  explicit LiveBar(const LiveSession* live, QWidget* parent = nullptr);
  /// Makes the buttons. Call once, after the commands exist.
  void add_buttons(const CommandTable& commands);

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void refresh();
  void paint_light();
  void fit_title();
  QString numbers() const;
  QString news() const;

  const LiveSession* live_;
  QLabel* light_;
  QLabel* state_;
  QLabel* title_;
  QLabel* numbers_;
  QToolButton* record_ = nullptr;
};

}  // namespace purlscope::app
