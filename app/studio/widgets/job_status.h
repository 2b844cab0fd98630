#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;

namespace purlscope::app {

/// How a long job is called in the status bar.
struct JobWords {
  QString title;     ///< "Training"
  QString progress;  ///< the bar, for screen readers
  QString cancel;    ///< the button, for screen readers
  QString about;     ///< the button's tooltip
};

/// How far a long job is, in the status bar, with a button that stops it. Hidden while there is none. Thread: UI.
class JobStatus : public QWidget {
  Q_OBJECT

 public:
  /// @param id  object name is `<id>_status`, that of the button `<id>_cancel`
  JobStatus(const QString& id, const JobWords& words, QWidget* parent = nullptr);

  void set_busy(bool busy);
  /// @param text  all of it, as tooltip @param fraction  0 to 1, negative when unknown
  /// @param left  beside the title, may be empty: "about 4 s left"
  void show_progress(const QString& text, double fraction, const QString& left = {});

 Q_SIGNALS:
  void cancelled();

 private:
  QString title_;
  QLabel* text_;
  QProgressBar* bar_;
};

}  // namespace purlscope::app
