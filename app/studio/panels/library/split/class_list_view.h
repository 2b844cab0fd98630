#pragma once

#include <QListView>

namespace purlscope::app {

/// List of classes with boxes: a click anywhere on a row, Space or Enter ticks it. Thread: UI.
class ClassListView : public QListView {
  Q_OBJECT

 public:
  explicit ClassListView(QAbstractItemModel* model, QWidget* parent = nullptr);

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void tick(const QModelIndex& index);
};

}  // namespace purlscope::app
