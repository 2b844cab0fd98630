#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;

namespace purlscope::app {

class FilmJob;

/// How far a video is, in the status bar, with a button that stops it. Hidden while there is none. Thread: UI.
class FilmStatus : public QWidget {
  Q_OBJECT

 public:
  explicit FilmStatus(FilmJob* job, QWidget* parent = nullptr);

 private:
  void update_progress(const QString& text, double fraction);

  FilmJob* job_;
  QLabel* text_;
  QProgressBar* bar_;
};

}  // namespace purlscope::app
