#pragma once

#include <QWidget>

#include "app/studio/dataset/folder_listing.h"

class QLabel;
class QListView;
class QPushButton;

namespace purlscope::app {

class FolderJobs;
class ProblemModel;

/// What is wrong with a folder, clip by clip, and what to do about it; a click opens the clip. Offers to read all
/// clips, which finds more. Thread: UI.
class ProblemsPage : public QWidget {
  Q_OBJECT

 public:
  explicit ProblemsPage(FolderJobs* jobs, QWidget* parent = nullptr);
  void show_listing(const FolderListingPtr& listing);

 Q_SIGNALS:
  void clip_chosen(const QString& path);
  void closed();
  /// Escape: the keys belong to the view again.
  void left();

 private:
  void update_state();
  void show_details(const QModelIndex& index);

  FolderJobs* jobs_;
  FolderListingPtr listing_;
  ProblemModel* model_;
  QListView* list_;
  QLabel* state_;
  QLabel* details_;
  QPushButton* check_;
};

}  // namespace purlscope::app
