#pragma once

#include <QWidget>

#include "app/studio/dataset/folder_jobs.h"

class QLabel;
class QProgressBar;

namespace purlscope::app {

/// How far the job on a folder is, its rate and the time left, with a button that ends it. Hidden while there is none,
/// and for the blink of an eye that most jobs take. Thread: UI.
class JobProgress : public QWidget {
  Q_OBJECT

 public:
  explicit JobProgress(FolderJobs* jobs, QWidget* parent = nullptr);

 private:
  void update_report(const FolderProgress& progress);

  FolderJobs* jobs_;
  QLabel* text_;
  QLabel* left_;
  QProgressBar* bar_;
};

}  // namespace purlscope::app
