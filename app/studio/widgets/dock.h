#pragma once

#include <QDockWidget>

class QHBoxLayout;
class QLabel;

namespace purlscope::app {

/// A dock that looks like one card: own title bar (name, room for the panel's controls, float button) over its body.
class Dock : public QDockWidget {
  Q_OBJECT

 public:
  /// @param id object name, for the saved layout
  Dock(const QString& id, const QString& title, QWidget* body, QWidget* parent);

  /// Puts a control of the panel at the right of the title bar.
  void add_control(QWidget* control);

 private:
  QHBoxLayout* bar_;
};

}  // namespace purlscope::app
