#pragma once

#include <QWidget>

#include "app/studio/panels/evaluation/evaluation_job.h"

class QGridLayout;
class QLabel;

namespace purlscope::app {

class ClassModel;
class ClassTable;
class ConfusionView;

/// What an evaluation has found: accuracy, what refinement did, confusion matrix, classes, published figures.
/// Thread: UI.
class ResultView : public QWidget {
  Q_OBJECT

 public:
  explicit ResultView(QWidget* parent = nullptr);

  /// @param other  to compare with, null for none @param other_title  how it is called
  void show_run(const EvaluationRunPtr& run, const EvaluationRunPtr& other, const QString& other_title);

 Q_SIGNALS:
  void cell_chosen(std::size_t truth, std::size_t said);
  /// Its mistakes are to be listed.
  void class_chosen(std::size_t truth);

 private:
  void show_figures(const core::Evaluation& evaluation, const EvaluationRunPtr& other, const QString& other_title);
  void add_figure(const QString& name, const QString& value, const QString& gain = {});
  void show_published(const EvaluationRun& run);
  void add_published(const QString& system, const QString& figure, const QString& from, bool own);

  QLabel* accuracy_;
  QLabel* facts_;
  QLabel* note_;
  QGridLayout* figures_;
  QLabel* matrix_note_;
  ConfusionView* matrix_;
  ClassModel* classes_;
  ClassTable* table_;
  QLabel* published_head_;
  QGridLayout* published_;
  QLabel* source_;
};

}  // namespace purlscope::app
