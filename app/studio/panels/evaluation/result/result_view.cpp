#include "app/studio/panels/evaluation/result/result_view.h"

#include <QGridLayout>
#include <QLabel>
#include <QStringList>
#include <QVBoxLayout>

#include "app/studio/panels/evaluation/evaluation_words.h"
#include "app/studio/panels/evaluation/result/class_model.h"
#include "app/studio/panels/evaluation/result/class_table.h"
#include "app/studio/panels/evaluation/result/confusion_view.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kFigureFont = 26;  // logical pixels

QLabel* make_label(const char* kind, const char* role) {
  auto* label = new QLabel;
  label->setObjectName(QString::fromLatin1(kind));
  label->setProperty("role", QString::fromLatin1(role));
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

QLabel* make_head(const QString& text) {
  auto* label = new QLabel(text);
  label->setObjectName(QStringLiteral("head"));
  label->setContentsMargins(0, kGrid, 0, 0);
  return label;
}

QGridLayout* make_grid() {
  auto* grid = new QGridLayout;
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(2 * kGrid);
  grid->setVerticalSpacing(3);
  grid->setColumnStretch(0, 1);
  return grid;
}

void clear(QGridLayout* grid) {
  while (QLayoutItem* item = grid->takeAt(0)) {
    delete item->widget();
    delete item;
  }
}

void add_row(QGridLayout* grid, const QStringList& cells, const char* kind) {
  const int row = grid->rowCount();
  for (int i = 0; i < cells.size(); ++i) {
    auto* label = new QLabel(cells[i]);
    label->setObjectName(QString::fromLatin1(kind));
    label->setTextFormat(Qt::PlainText);
    grid->addWidget(label, row, i, i == 0 ? Qt::AlignLeft : Qt::AlignRight);
  }
}

QString facts_of(const core::Evaluation& evaluation) {
  QStringList parts{
      ResultView::tr("95 % interval %1 to %2").arg(100 * evaluation.low, 0, 'f', 1).arg(figure_text(evaluation.high)),
      ResultView::tr("chance %1").arg(figure_text(evaluation.chance())),
      counted(qsizetype(evaluation.samples), ResultView::tr("%1 clip"), ResultView::tr("%1 clips"))};
  if (evaluation.accuracy.seeds > 1) {
    parts.append(counted(qsizetype(evaluation.accuracy.seeds), ResultView::tr("%1 seed"), ResultView::tr("%1 seeds")));
  }
  parts.append(seconds_text(evaluation.seconds));
  for (QString& part : parts) part.replace(QLatin1Char(' '), QChar::Nbsp);
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

ResultView::ResultView(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("evaluation_result"));
  accuracy_ = make_label("head", "evaluation_accuracy");
  accuracy_->setStyleSheet(QStringLiteral("font-size: %1px;").arg(kFigureFont));
  accuracy_->setAccessibleName(tr("Accuracy on the unseen classes"));
  accuracy_->setToolTip(tr("Share of the unseen classes' clips that were named right"));
  facts_ = make_label("muted", "evaluation_facts");
  note_ = make_label("warning", "evaluation_note");
  figures_ = make_grid();
  matrix_note_ = make_label("note", "evaluation_matrix_note");
  matrix_ = new ConfusionView;
  classes_ = new ClassModel(this);
  table_ = new ClassTable(classes_);
  published_head_ = make_head(tr("Published figures"));
  published_ = make_grid();
  source_ = make_label("note", "evaluation_source");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(accuracy_);
  column->addWidget(facts_);
  column->addWidget(note_);
  column->addLayout(figures_);
  column->addWidget(make_head(tr("Confusion matrix")));
  column->addWidget(matrix_note_);
  column->addWidget(matrix_);
  column->addWidget(make_head(tr("Classes")));
  column->addWidget(table_);
  column->addWidget(published_head_);
  column->addLayout(published_);
  column->addWidget(source_);
  column->addStretch(1);
  connect(matrix_, &ConfusionView::cell_chosen, this, &ResultView::cell_chosen);
  connect(table_, &ClassTable::class_chosen, this, &ResultView::class_chosen);
}

void ResultView::show_run(const EvaluationRunPtr& run, const EvaluationRunPtr& other, const QString& other_title) {
  const core::Evaluation& evaluation = run->evaluation;
  accuracy_->setText(figure_text(evaluation.accuracy));
  facts_->setText(facts_of(evaluation));
  note_->setText(QString::fromStdString(evaluation.note));
  note_->setVisible(!evaluation.note.empty());
  show_figures(evaluation, other, other_title);
  const std::size_t runs = evaluation.predictions.said.size();
  matrix_note_->setText(runs == 1
                            ? tr("A click on a cell lists its clips in the library.")
                            : tr("Sums over %1 runs. A click on a cell lists its clips in the library.").arg(runs));
  matrix_->set_confusion(evaluation.confusion, runs);
  classes_->show(&evaluation, other ? &other->evaluation : nullptr);
  table_->adapt();
  show_published(*run);
}

void ResultView::add_figure(const QString& name, const QString& value, const QString& gain) {
  add_row(figures_, {name, value, gain}, "value");
}

void ResultView::show_figures(const core::Evaluation& evaluation, const EvaluationRunPtr& other,
                              const QString& other_title) {
  clear(figures_);
  if (evaluation.refinement) {
    const core::RefinementResult& refined = *evaluation.refinement;
    const auto gain = [&](const core::SeedFigure& figure) { return points_text(figure.mean - refined.before.mean); };
    add_figure(tr("Without refinement"), figure_text(refined.before));
    add_figure(tr("On arrival"), figure_text(evaluation.accuracy), gain(evaluation.accuracy));
    add_figure(tr("Scored again at the end"), figure_text(refined.rescored), gain(refined.rescored));
    add_figure(tr("Worst order"), {}, points_text(refined.worst_gain));
  }
  if (evaluation.generalised) {
    add_figure(tr("All classes: seen"), figure_text(evaluation.generalised->seen));
    add_figure(tr("All classes: unseen"), figure_text(evaluation.generalised->unseen));
    add_figure(tr("All classes: harmonic mean"), figure_text(evaluation.generalised->harmonic));
  }
  if (other) {
    add_figure(other_title, figure_text(other->evaluation.accuracy),
               points_text(evaluation.accuracy.mean - other->evaluation.accuracy.mean));
  }
}

void ResultView::add_published(const QString& system, const QString& figure, const QString& from, bool own) {
  add_row(published_, {system, figure, from}, own ? "head" : "value");
}

void ResultView::show_published(const EvaluationRun& run) {
  clear(published_);
  const core::PublishedFigures& published = run.published;
  published_head_->setText(published.title.empty()
                               ? tr("Published figures")
                               : tr("Published figures, %1").arg(QString::fromStdString(published.title)));
  if (published.figures.empty()) {
    source_->setText(tr("None is known for this data set and this split of it."));
    return;
  }
  add_published(method_name(run.evaluation.method), figure_text(run.evaluation.accuracy), tr("this evaluation"), true);
  for (const core::PublishedFigure& each : published.figures) {
    add_published(QString::fromStdString(each.system), figure_text(each.accuracy),
                  tr("published, table %1").arg(each.table), false);
  }
  source_->setText(tr("Published: %1").arg(QString::fromStdString(published.source)));
}

}  // namespace purlscope::app
