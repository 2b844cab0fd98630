// Evaluation: its panel, what the library offers it, the clips it asks for, its commands and files.
#include "app/studio/commands/command_table.h"
#include "app/studio/main_window.h"
#include "app/studio/panels/evaluation/evaluation_export.h"
#include "app/studio/panels/evaluation/evaluation_panel.h"
#include "app/studio/panels/evaluation/evaluation_words.h"
#include "app/studio/panels/library/library_panel.h"
#include "app/studio/view/status_line.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/widgets/dock.h"
#include "app/studio/widgets/file_dialog.h"
#include "app/studio/widgets/job_status.h"

namespace purlscope::app {
namespace {

constexpr int kNewsTime = 8000;     // ms
constexpr int kDockWidth = 200;     // at least; no more than the library, whose place it takes on a narrow window
constexpr int kBesideWidth = 1120;  // a narrower window has no room for library and matrix side by side
constexpr int kFirstWidth = 420;    // when it is shown first
constexpr int kLibraryWidth = 240;

JobStatus* make_status(EvaluationJob* job) {
  const JobWords words{MainWindow::tr("Evaluation"), MainWindow::tr("Progress of the evaluation"),
                       MainWindow::tr("Cancel the evaluation"), MainWindow::tr("Cancel the evaluation")};
  auto* status = new JobStatus(QStringLiteral("evaluation"), words);
  QObject::connect(status, &JobStatus::cancelled, job, &EvaluationJob::stop);
  QObject::connect(job, &EvaluationJob::busy_changed, status, [status, job] { status->set_busy(job->busy()); });
  QObject::connect(job, &EvaluationJob::progressed, status, [status, job](const EvaluationProgress& progress) {
    if (job->busy()) status->show_progress(progress.text, progress.fraction, pace_text(progress));
  });
  return status;
}

}  // namespace

void MainWindow::make_evaluation() {
  evaluation_export_ = new EvaluationExport(this);
  status_->addPermanentWidget(make_status(evaluation_job_));
}

/// Beside the library, which lists the clips that are asked for in it.
void MainWindow::place_evaluation_dock() {
  evaluation_dock_->setMinimumWidth(kDockWidth);
  evaluation_dock_->setFloating(false);
  addDockWidget(Qt::LeftDockWidgetArea, evaluation_dock_, Qt::Horizontal);
  evaluation_dock_->hide();
  evaluation_behind_ = false;
  fit_evaluation_dock();
}

/// On a narrow window it stands behind a tab of the library, unless the user has put it elsewhere.
void MainWindow::fit_evaluation_dock() {
  const bool narrow = width() < kBesideWidth;
  if (narrow == evaluation_behind_) return;
  evaluation_behind_ = narrow;
  const bool here = !evaluation_dock_->isFloating() && dockWidgetArea(evaluation_dock_) == Qt::LeftDockWidgetArea;
  if (!here) return;
  const bool hidden = evaluation_dock_->isHidden();
  if (narrow) {
    tabifyDockWidget(library_dock_, evaluation_dock_);
  } else {
    addDockWidget(Qt::LeftDockWidgetArea, evaluation_dock_, Qt::Horizontal);
  }
  evaluation_dock_->setVisible(!hidden);
}

void MainWindow::connect_evaluation() {
  connect(library_, &LibraryPanel::sources_changed, this, &MainWindow::offer_data_sets);
  connect(evaluation_, &EvaluationPanel::clips_wanted, this, [this](const ClipWish& wish) {
    library_dock_->reveal();
    if (library_->show_only(wish.folder, wish.files, wish.title)) return;
    banner_->show_error(
        Banner::Source::folder,
        tr("%1 is not in the library any more: open the folder again to see its clips.").arg(wish.folder));
  });
  const auto refresh = [this] { commands_->refresh(); };
  connect(evaluation_, &EvaluationPanel::changed, this, refresh);
  connect(library_, &LibraryPanel::choice_changed, this, refresh);
  connect(evaluation_job_, &EvaluationJob::finished, this, [this](const EvaluationRunPtr& run) {
    if (evaluation_dock_->in_sight()) return;
    status_->showMessage(tr("%1: %2").arg(run_title(run->evaluation), figure_text(run->evaluation.accuracy)),
                         kNewsTime);
  });
  connect(evaluation_export_, &EvaluationExport::saved, this,
          [this](const QString& file) { status_->showMessage(tr("Saved %1").arg(file), kNewsTime); });
  connect(evaluation_export_, &EvaluationExport::failed, banner_,
          [this](const QString& text) { banner_->show_error(Banner::Source::evaluation, text); });
  offer_data_sets();
}

void MainWindow::offer_data_sets() {
  std::vector<EvaluationData> folders;
  int place = 0, shown = -1;
  for (const LibrarySource& source : library_->sources()) {
    if (!source.listing->dataset.path.empty()) {
      if (place == library_->shown_index()) shown = static_cast<int>(folders.size());
      folders.push_back({source.title, source.listing, source.split});
    }
    ++place;
  }
  evaluation_->set_data(folders, shown);
}

void MainWindow::save_evaluation(bool report) {
  const EvaluationRunPtr run = evaluation_->run();
  if (!run) return;
  FileDialog dialog(this, report ? tr("Save the report") : tr("Save the predictions"), {},
                    report ? tr("Pages (*.html);;All files (*)") : tr("Tables (*.csv);;All files (*)"));
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setFileMode(QFileDialog::AnyFile);
  dialog.setDefaultSuffix(report ? QStringLiteral("html") : QStringLiteral("csv"));
  if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
  const QString file = dialog.selectedFiles().front();
  report ? evaluation_export_->save_report(run, file) : evaluation_export_->save_predictions(run, file);
}

void MainWindow::add_evaluation_commands() {
  const QString group = tr("Evaluation");
  const auto row = [&](const char* name, const QString& text, const QString& tooltip, std::function<void()> run,
                       std::function<bool()> enabled = {}, const QString& icon = {}) {
    commands_->add(group, {.id = QString::fromLatin1(name),
                           .text = text,
                           .tooltip = tooltip,
                           .keys = {},
                           .run = std::move(run),
                           .enabled = std::move(enabled),
                           .icon = icon});
  };
  const auto busy = [this] { return evaluation_job_->busy(); };
  const auto done = [this] { return evaluation_->run() != nullptr; };
  row("evaluation.open", tr("Evaluate a data set..."),
      tr("Show the panel that measures how well the unseen classes of a folder are recognised"), [this] {
        const bool first = evaluation_dock_->isHidden() && !evaluation_dock_->isFloating();
        evaluation_dock_->reveal();
        if (first && !evaluation_behind_)
          resizeDocks({library_dock_, evaluation_dock_}, {kLibraryWidth, kFirstWidth}, Qt::Horizontal);
        evaluation_->focus_form();
      });
  row(
      "evaluation.run", tr("Start the evaluation"), tr("Evaluate with what is set in the panel “Evaluation”"),
      [this] {
        evaluation_dock_->reveal();
        evaluation_->start();
      },
      [this] { return evaluation_->ready(); });
  row(
      "evaluation.cancel", tr("Cancel the evaluation"), tr("End the evaluation that runs; nothing of it is kept"),
      [this] { evaluation_job_->stop(); }, busy);
  row(
      "evaluation.save_report", tr("Save report..."),
      tr("Write one HTML file with accuracy, classes, confusion matrix and published figures"),
      [this] { save_evaluation(true); }, done, QStringLiteral("save"));
  row(
      "evaluation.save_predictions", tr("Save predictions..."), tr("Write a CSV table with what was said of each clip"),
      [this] { save_evaluation(false); }, done);
  row(
      "evaluation.all_clips", tr("List all clips again"),
      tr("Let the library list all clips, not those of a cell of the confusion matrix alone"),
      [this] { library_->show_all(); }, [this] { return library_->shows_only(); });
}

}  // namespace purlscope::app
