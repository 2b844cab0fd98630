#pragma once

#include <QTreeView>

namespace purlscope::app {

class LabelModel;

/// The table of labels: rounded rows, score bars, buttons at the end. Thread: UI.
class LabelTable : public QTreeView {
  Q_OBJECT

 public:
  explicit LabelTable(LabelModel* model, QWidget* parent = nullptr);
  /// Room for the six labels of the bundled clips.
  QSize sizeHint() const override;

 Q_SIGNALS:
  /// Index in the session's labels, for all three.
  void label_chosen(std::size_t label);
  void sentences_wanted(std::size_t label);
  void removal_wanted(std::size_t label);

 protected:
  void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void keyPressEvent(QKeyEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void clicked_cell(const QModelIndex& index);
  void set_hovered(int row);

  LabelModel* model_;
  int hovered_ = -1;
};

}  // namespace purlscope::app
