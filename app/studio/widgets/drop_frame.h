#pragma once

#include <QWidget>

namespace purlscope::app {

/// Shown over the whole window while files are dragged across it: here they may fall. Thread: UI.
class DropFrame : public QWidget {
  Q_OBJECT

 public:
  explicit DropFrame(QWidget* window);
  /// Over the window as it is now; `hide` ends it.
  void appear();

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace purlscope::app
