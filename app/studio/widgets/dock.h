#pragma once

#include <QDockWidget>

class QHBoxLayout;
class QLabel;

namespace purlscope::app {

/// A dock that looks like one card: own title bar (name, room for the panel's controls, float button) over its body.
/// Thread: UI.
class Dock : public QDockWidget {
  Q_OBJECT

 public:
  /// @param id object name, for the saved layout
  Dock(const QString& id, const QString& title, QWidget* body, QWidget* parent);

  /// Puts a control of the panel at the right of the title bar.
  void add_control(QWidget* control);
  /// False when hidden or behind another tab.
  bool in_sight() const;
  /// Shows it, in front of the panels it is tabbed with; a floating one comes to the front.
  void reveal();

 private:
  QHBoxLayout* bar_;
};

}  // namespace purlscope::app
