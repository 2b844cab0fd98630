#pragma once

#include <QTreeView>

namespace purlscope::app {

class LibraryModel;

/// Clips by class, or as a plain list, of a LibraryModel. A click on a class opens or closes it; a clip that is clicked
/// or walked to with the keys is chosen. Thread: UI.
class ClipList : public QTreeView {
  Q_OBJECT

 public:
  explicit ClipList(LibraryModel* model, QWidget* parent = nullptr);

  /// Opens all classes where few clips are shown.
  void open_if_few();
  /// Marks a clip, in sight; an invalid index marks none.
  void mark(const QModelIndex& index);

  static constexpr int kFew = 200;  ///< clips

 Q_SIGNALS:
  void chosen(const QString& path);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}

 private:
  void toggle(const QModelIndex& index);

  LibraryModel* model_;
};

}  // namespace purlscope::app
