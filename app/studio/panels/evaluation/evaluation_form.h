#pragma once

#include <QWidget>
#include <vector>

#include "app/studio/panels/evaluation/evaluation_job.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace purlscope::app {

/// A folder that can be evaluated on, as the library knows it.
struct EvaluationData {
  QString title;
  FolderListingPtr listing;
  SplitChoice split;  ///< as chosen in the library
};

/// What is to be evaluated: data set, split, method and, under "More options", the rest. Thread: UI.
class EvaluationForm : public QWidget {
  Q_OBJECT

 public:
  explicit EvaluationForm(QWidget* parent = nullptr);

  /// The folders of the library. @param shown  index of the one that is shown there, negative for none
  void set_data(const std::vector<EvaluationData>& folders, int shown);
  bool ready() const;
  EvaluationWish wish() const;
  void focus_first();

 Q_SIGNALS:
  void changed();

 private:
  QComboBox* make_box(const char* name, const QString& about, const QString& tooltip);
  QWidget* make_basic();
  QWidget* make_more();
  QWidget* make_model_row();
  void fill_methods();
  void show_data();
  void fill_splits(const EvaluationData& folder);
  void fill_recordings(const EvaluationData& folder);
  void update_state();
  const EvaluationData* chosen() const;
  QString split_key() const;

  std::vector<EvaluationData> data_;
  QComboBox* dataset_;
  QComboBox* split_;
  QComboBox* method_;
  QComboBox* refinement_;
  QToolButton* more_button_;
  QWidget* more_;
  QFormLayout* more_form_;
  QComboBox* recordings_;
  QWidget* model_row_;
  QLineEdit* model_;
  QSpinBox* seeds_;
  QSpinBox* orders_;
  QComboBox* protocol_;
  QCheckBox* generalised_;
};

}  // namespace purlscope::app
