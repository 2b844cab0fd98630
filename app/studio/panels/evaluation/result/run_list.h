#pragma once

#include <QWidget>
#include <vector>

#include "app/studio/panels/evaluation/evaluation_job.h"

class QComboBox;
class QListWidget;

namespace purlscope::app {

/// The evaluations of this session of the program, newest first, and the one to compare with. Hidden while there is
/// none. Thread: UI.
class RunList : public QWidget {
  Q_OBJECT

 public:
  explicit RunList(QWidget* parent = nullptr);

  /// Adds a run and chooses it.
  void add(const EvaluationRunPtr& run);
  /// Null while there is none.
  EvaluationRunPtr chosen() const;
  /// Null when nothing is to be compared.
  EvaluationRunPtr compared() const;
  /// "Run 2: UTD-MHAD ru5 · Structured attention"
  QString title_of(const EvaluationRunPtr& run) const;

 Q_SIGNALS:
  void changed();

 private:
  void fill_compared();
  void fit();

  std::vector<EvaluationRunPtr> runs_;  // oldest first
  QListWidget* list_;
  QWidget* row_;
  QComboBox* compared_;
};

}  // namespace purlscope::app
