#pragma once

#include <QFrame>
#include <functional>

class QLabel;
class QPushButton;

namespace purlscope::app {

/// A question in place: what would be lost, and whether to go on. Hidden until something is asked. Thread: UI.
class AskRow : public QFrame {
  Q_OBJECT

 public:
  explicit AskRow(QWidget* parent = nullptr);

  /// Asks, in place of what was asked before. @param go  text of the button that runs `run`
  void ask(const QString& question, const QString& go, std::function<void()> run);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void answer(bool yes);

  QLabel* question_;
  QPushButton* go_;
  std::function<void()> run_;
};

}  // namespace purlscope::app
