#pragma once

#include <QFrame>

class QLabel;

namespace purlscope::app {

/// Tells that the list is confined to clips that were chosen elsewhere, and leads back to all of them. Hidden while it
/// is not. Thread: UI.
class ClipChoice : public QFrame {
  Q_OBJECT

 public:
  explicit ClipChoice(QWidget* parent = nullptr);

  /// @param title  what they have in common: "true Throw, said Push"
  void show_choice(const QString& title, qsizetype clips);

 Q_SIGNALS:
  /// All clips are wanted again.
  void left();

 private:
  QLabel* text_;
};

}  // namespace purlscope::app
