#pragma once

#include <QWidget>
#include <filesystem>
#include <vector>

#include "app/studio/panels/evaluation/evaluation_form.h"
#include "app/studio/panels/evaluation/evaluation_job.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace purlscope::app {

class CommandTable;
class JobRow;
class ResultView;
class RunList;

/// Clips of one cell of a confusion matrix, or of one class.
struct ClipWish {
  QString folder;
  std::vector<std::filesystem::path> files;
  QString title;  ///< "true Throw, said Push"
};

/// Runs evaluations and shows what they found. Thread: UI.
class EvaluationPanel : public QWidget {
  Q_OBJECT

 public:
  explicit EvaluationPanel(EvaluationJob* job, QWidget* parent = nullptr);

  /// Makes the buttons of the commands.
  void add_buttons(const CommandTable& commands);
  /// The folders of the library. @param shown  index of the one that is shown there, negative for none
  void set_data(const std::vector<EvaluationData>& folders, int shown);
  bool ready() const;
  void start();
  void focus_form();
  /// The evaluation that is shown, null without one.
  EvaluationRunPtr run() const;

 Q_SIGNALS:
  void clips_wanted(const ClipWish& wish);
  void changed();

 private:
  QWidget* make_empty();
  void connect_parts();
  void update_state();
  void show_result();
  void choose_cell(std::size_t truth, std::size_t said);
  void choose_class(std::size_t truth);
  void want_clips(const std::vector<std::size_t>& clips, const QString& title);
  void say(const QString& text, bool warning);

  EvaluationJob* job_;
  EvaluationForm* form_;
  QPushButton* start_;
  JobRow* progress_;
  QLabel* message_;
  RunList* runs_;
  QWidget* exports_;
  QHBoxLayout* export_row_;
  QWidget* empty_;
  QHBoxLayout* empty_row_;
  QWidget* main_;
  ResultView* result_;
  QScrollArea* scroll_;
};

}  // namespace purlscope::app
