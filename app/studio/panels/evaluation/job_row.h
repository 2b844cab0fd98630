#pragma once

#include <QWidget>

#include "app/studio/panels/evaluation/evaluation_job.h"

class QLabel;
class QProgressBar;

namespace purlscope::app {

/// How far the evaluation is, its rate and the time left. Hidden while there is none. Thread: UI.
class JobRow : public QWidget {
  Q_OBJECT

 public:
  explicit JobRow(QWidget* parent = nullptr);

  void set_busy(bool busy);
  void show_progress(const EvaluationProgress& progress);

 private:
  QLabel* text_;
  QLabel* pace_;
  QProgressBar* bar_;
};

}  // namespace purlscope::app
