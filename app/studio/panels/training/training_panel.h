#pragma once

#include <QWidget>
#include <filesystem>
#include <vector>

#include "app/studio/panels/training/training_job.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace purlscope::app {

class TrainingCurve;

/// Trains the learned head on the seen classes of a data set and shows the curve while it grows. Thread: UI.
class TrainingPanel : public QWidget {
  Q_OBJECT

 public:
  explicit TrainingPanel(TrainingJob* job, QWidget* parent = nullptr);

  /// A data set that the library has opened: the folder, where none is named yet, and the names of its splits.
  void offer(const std::filesystem::path& folder, const std::vector<std::string>& splits);
  /// Ready to name a folder.
  void focus_form();

 private:
  QWidget* make_path_row(QLineEdit* line, const QString& name, const QString& filters);
  QLineEdit* make_line(const char* id, const QString& name);
  void make_form(QFormLayout* form);
  void browse(QLineEdit* line, const QString& name, const QString& filters);
  TrainingWish wish() const;
  void press();
  void begin();
  void update_state();
  void say(const QString& text, bool warning);

  TrainingJob* job_;
  QWidget* form_;
  QLineEdit* dataset_;
  QComboBox* split_;
  QLineEdit* config_;
  QLineEdit* out_;
  QSpinBox* seed_;
  QCheckBox* fresh_;
  QPushButton* start_;
  QLabel* message_;
  TrainingCurve* curve_;
};

}  // namespace purlscope::app
