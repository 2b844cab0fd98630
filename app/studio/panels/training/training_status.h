#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;

namespace purlscope::app {

class TrainingJob;

/// How far a training is, in the status bar, with a button that stops it. Hidden while there is none. Thread: UI.
class TrainingStatus : public QWidget {
  Q_OBJECT

 public:
  explicit TrainingStatus(TrainingJob* job, QWidget* parent = nullptr);

 private:
  void update_progress(const QString& text, double fraction);

  TrainingJob* job_;
  QLabel* text_;
  QProgressBar* bar_;
};

}  // namespace purlscope::app
