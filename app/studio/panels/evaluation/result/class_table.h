#pragma once

#include <QTreeView>

class QSortFilterProxyModel;

namespace purlscope::app {

class ClassModel;

/// The classes of a ClassModel as a table with bars that a click on a heading sorts; as high as its rows, up to
/// kMostRows of them. Thread: UI.
class ClassTable : public QTreeView {
  Q_OBJECT

 public:
  explicit ClassTable(ClassModel* model, QWidget* parent = nullptr);

  /// Shows the columns that the model has something for, and takes its height. To be called when the model has changed.
  void adapt();

  static constexpr int kMostRows = 14;

 Q_SIGNALS:
  /// Double-clicked, or Enter. @param row  of the model
  void class_chosen(std::size_t row);

 private:
  ClassModel* model_;
  QSortFilterProxyModel* sorted_;
};

}  // namespace purlscope::app
