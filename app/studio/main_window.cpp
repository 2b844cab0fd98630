#include "app/studio/main_window.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QKeyEvent>
#include <QMenuBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/studio/commands/command_palette.h"
#include "app/studio/commands/command_table.h"
#include "app/studio/dataset/folder_jobs.h"
#include "app/studio/diagnostics/ui_watch.h"
#include "app/studio/document/session_keeper.h"
#include "app/studio/export/exporter.h"
#include "app/studio/live/live_bar.h"
#include "app/studio/live/live_session.h"
#include "app/studio/panels/attention/attention_panel.h"
#include "app/studio/panels/evaluation/evaluation_job.h"
#include "app/studio/panels/evaluation/evaluation_panel.h"
#include "app/studio/panels/input_panel.h"
#include "app/studio/panels/labels/labels_panel.h"
#include "app/studio/panels/library/library_panel.h"
#include "app/studio/panels/refinement/refinement_panel.h"
#include "app/studio/panels/timeline/timeline_panel.h"
#include "app/studio/panels/training/training_panel.h"
#include "app/studio/panels/why/what_if.h"
#include "app/studio/panels/why/why_panel.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/scores/score_lanes.h"
#include "app/studio/session/comparison.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/loader.h"
#include "app/studio/session/player.h"
#include "app/studio/view/person_chooser.h"
#include "app/studio/view/sentence_chips.h"
#include "app/studio/view/status_line.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/widgets/dock.h"
#include "app/studio/widgets/drop_frame.h"
#include "app/studio/widgets/focus_chain.h"
#include "app/studio/widgets/job_status.h"
#include "app/studio/widgets/notice.h"
#include "core/base/error.h"
#include "core/formats/dataset/split/split.h"

namespace purlscope::app {
namespace {

/// A list that has the focus is walked with these.
const QList<int> kListKeys = {Qt::Key_Home, Qt::Key_End, Qt::Key_PageUp, Qt::Key_PageDown};

JobStatus* make_training_status(TrainingJob* job) {
  const JobWords words{MainWindow::tr("Training"), MainWindow::tr("Progress of the training"),
                       MainWindow::tr("Stop the training"),
                       MainWindow::tr("Stop the training; finished epochs are kept")};
  auto* status = new JobStatus(QStringLiteral("training"), words);
  QObject::connect(status, &JobStatus::cancelled, job, &TrainingJob::stop);
  QObject::connect(job, &TrainingJob::busy_changed, status, [status, job] { status->set_busy(job->busy()); });
  QObject::connect(job, &TrainingJob::progressed, status,
                   [status](const QString& text, double fraction) { status->show_progress(text, fraction); });
  return status;
}

}  // namespace

MainWindow::MainWindow(core::Worker::EngineFactory engine, QWidget* parent)
    : QMainWindow(parent),
      watch_(new UiWatch(this)),
      theme_(new Theme(this)),
      session_(new Session(this)),
      player_(new Player(this)),
      loader_(new Loader(this)),
      folders_(new FolderJobs(this)),
      engine_(new EngineLink(engine, this)),
      comparison_(new Comparison(session_, std::move(engine), this)),
      live_(new LiveSession(session_, player_, engine_, this)),
      refinement_(new RefinementLink(engine_, this)),
      lanes_(new ScoreLanes(session_, engine_, live_, this)),
      keeper_(new SessionKeeper(this)),
      training_job_(new TrainingJob({}, this)),
      evaluation_job_(new EvaluationJob({}, this)),
      commands_(new CommandTable(this)) {
  setObjectName(QStringLiteral("studio"));
  setAcceptDrops(true);
  setContentsMargins(kGrid, 0, kGrid, 0);
  theme_->choose(settings_.theme());
  session_->set_display(settings_.display());
  setCentralWidget(make_centre());
  make_docks();
  status_ = new StatusLine(session_, engine_, loader_, folders_, player_, this);
  status_->watch(view_->viewport());
  status_->addPermanentWidget(make_training_status(training_job_));
  setStatusBar(status_);
  make_exporter();
  drop_frame_ = new DropFrame(this);
  make_evaluation();
  make_commands();
  connect_parts();
  connect_live();
  connect_refinement();
  add_session_parts();
  connect_sessions();
  connect_comparison();
  connect_lanes();
  connect_evaluation();
  connect_refresh();
  commands_->refresh();
  update_title();
  arrange_docks();
  std::vector<QWidget*> areas{centralWidget()};
  areas.insert(areas.end(), docks_.begin(), docks_.end());
  areas.insert(areas.end(), {status_, menuBar()});
  chain_focus(areas);
  qApp->installEventFilter(this);
}

MainWindow::~MainWindow() {
  qApp->removeEventFilter(this);
  for (Dock* dock : docks_) dock->disconnect(this);  // a dying dock still tells that it hides
  session_->undo_stack()->disconnect(this);          // and a dying stack that it is empty
  // Threads first, widgets and GL after: nobody reports to a panel that is gone.
  live_->disconnect(this);
  delete lanes_;
  delete keeper_;
  delete live_;
  refinement_->disconnect();
  delete refinement_;
  delete exporter_;
  delete training_job_;
  delete evaluation_job_;
  delete comparison_;
  delete engine_;
  delete folders_;
  delete loader_;
}

void MainWindow::make_commands() {
  add_file_commands();
  add_edit_commands();
  add_view_commands();
  add_compare_commands();
  add_display_commands();
  add_language_commands();
  add_playback_commands();
  add_timeline_commands();
  add_label_commands();
  add_sentence_commands();
  add_live_commands();
  add_refinement_commands();
  add_evaluation_commands();
  add_help_commands();
  view_->add_buttons(*commands_);
  live_bar_->add_buttons(*commands_);
  library_->add_buttons(*commands_);
  timeline_->add_buttons(*commands_);
  evaluation_->add_buttons(*commands_);
  refinement_panel_->add_buttons(*commands_);
  auto* rank = new QToolButton;
  rank->setDefaultAction(commands_->action(QStringLiteral("labels.rank")));
  rank->setProperty("flat", true);
  rank->setFocusPolicy(Qt::TabFocus);
  labels_dock_->add_control(rank);
  labels_->set_rank_order(settings_.rank_order());
  palette_ = new CommandPalette(commands_, this);
  make_menus();  // last, so that Tab comes to the corner button last
}

QWidget* MainWindow::make_centre() {
  banner_ = new Banner;
  restore_notice_ = new Notice(QStringLiteral("restore_notice"));
  live_notice_ = new Notice(QStringLiteral("live_notice"));
  live_bar_ = new LiveBar(live_);
  view_ = new ViewPanel(session_, player_);
  auto* chips = new SentenceChips(session_);
  auto* centre = new QWidget;
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kGrid);
  column->addWidget(banner_);
  column->addWidget(restore_notice_);
  column->addWidget(live_notice_);
  column->addWidget(live_bar_);
  column->addWidget(view_, 1);
  column->addWidget(chips);
  return centre;
}

void MainWindow::make_docks() {
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
  library_ = new LibraryPanel(loader_, folders_);
  labels_ = new LabelsPanel(session_, engine_);
  attention_ = new AttentionPanel(session_, player_, engine_);
  why_ = new WhyPanel(session_, player_, new WhatIf(session_, engine_, this));
  refinement_panel_ = new RefinementPanel(session_, refinement_);
  input_ = new InputPanel(session_, engine_);
  timeline_ = new TimelinePanel(session_, player_, lanes_);
  training_ = new TrainingPanel(training_job_);
  evaluation_ = new EvaluationPanel(evaluation_job_);
  const auto add = [this](const QString& id, const QString& title, QWidget* panel, Qt::DockWidgetArea area) {
    auto* dock = new Dock(id, title, panel, this);
    addDockWidget(area, dock);
    docks_.push_back(dock);
    return dock;
  };
  library_dock_ = add(QStringLiteral("library"), tr("Library"), library_, Qt::LeftDockWidgetArea);
  labels_dock_ = add(QStringLiteral("labels"), tr("Labels"), labels_, Qt::RightDockWidgetArea);
  attention_dock_ = add(QStringLiteral("attention"), tr("Attention"), attention_, Qt::RightDockWidgetArea);
  why_dock_ = add(QStringLiteral("why"), tr("Why this label?"), why_, Qt::RightDockWidgetArea);
  refinement_dock_ = add(QStringLiteral("refinement"), tr("Refinement"), refinement_panel_, Qt::RightDockWidgetArea);
  input_dock_ = add(QStringLiteral("input"), tr("Input check"), input_, Qt::RightDockWidgetArea);
  timeline_dock_ = add(QStringLiteral("timeline"), tr("Timeline"), timeline_, Qt::BottomDockWidgetArea);
  training_dock_ = add(QStringLiteral("training"), tr("Training"), training_, Qt::LeftDockWidgetArea);
  tabifyDockWidget(library_dock_, training_dock_);
  training_dock_->hide();
  evaluation_dock_ = add(QStringLiteral("evaluation"), tr("Evaluation"), evaluation_, Qt::LeftDockWidgetArea);
  place_evaluation_dock();
  connect(why_dock_, &QDockWidget::visibilityChanged, why_, &WhyPanel::set_in_sight);
  tabifyDockWidget(attention_dock_, why_dock_);
  tabifyDockWidget(why_dock_, input_dock_);
  refinement_dock_->add_control(refinement_panel_->control());
  attention_dock_->add_control(attention_->controls());
  auto* person = new PersonChooser(session_);  // besides the one on the 3-D view, which is not always there
  person->setObjectName(QStringLiteral("input_person"));
  person->setProperty("flat", true);
  input_dock_->add_control(person);
  // Its tab tells of warnings, as it stands behind another at first.
  connect(input_, &InputPanel::warned, input_dock_, [this](qsizetype count) {
    input_dock_->setWindowTitle(count == 0 ? tr("Input check") : tr("Input check (%1)").arg(count));
  });
}

void MainWindow::connect_parts() {
  connect(loader_, &Loader::clip_loaded, this, &MainWindow::clip_loaded);
  connect(folders_, &FolderJobs::listed, this, &MainWindow::folder_listed);
  connect(folders_, &FolderJobs::is_recording, this, &MainWindow::open_clip);
  connect(folders_, &FolderJobs::checked, library_, &LibraryPanel::update_folder);
  connect(folders_, &FolderJobs::listed, this, [this](const FolderListingPtr& listing) {
    training_->offer(listing->dataset.path, core::published_splits(listing->dataset.kind));
  });
  connect(loader_, &Loader::clip_failed, this, &MainWindow::clip_failed);
  connect(folders_, &FolderJobs::failed, banner_,
          [this](const QString&, const QString& text) { banner_->show_error(Banner::Source::folder, text); });
  connect(library_, &LibraryPanel::clip_chosen, this, &MainWindow::open_clip);
  connect(library_, &LibraryPanel::labels_wanted, this, &MainWindow::use_labels);
  connect(library_, &LibraryPanel::left, this, &MainWindow::focus_view);
  connect(labels_, &LabelsPanel::left, this, &MainWindow::focus_view);
  for (const auto signal : {&Session::clip_changed, &Session::labels_changed, &Session::person_changed}) {
    connect(session_, signal, this, &MainWindow::request_recognition);
  }
  connect(player_, &Player::state_changed, this, &MainWindow::part_changed);
  connect(engine_, &EngineLink::result, this, &MainWindow::take_recognition);
  connect(engine_, &EngineLink::described, session_, &Session::take_described);
  connect(engine_, &EngineLink::result, banner_, [this] { banner_->dismiss(Banner::Source::scores); });
  connect(engine_, &EngineLink::failed, banner_,
          [this](const QString& text) { banner_->show_error(Banner::Source::scores, text); });
  connect(view_, &ViewPanel::problem, banner_,
          [this](const QString& text) { banner_->show_error(Banner::Source::view, text); });
  connect(session_->undo_stack(), &QUndoStack::indexChanged, this,
          [this] { settings_.set_labels(session_->labels()); });
  connect(session_, &Session::display_changed, this, [this] { settings_.set_display(session_->display()); });
}

void MainWindow::connect_refresh() {
  const auto refresh = [this] { commands_->refresh(); };
  connect(folders_, &FolderJobs::busy_changed, this, refresh);
  for (const auto signal :
       {&Session::clip_changed, &Session::labels_changed, &Session::selection_changed, &Session::display_changed}) {
    connect(session_, signal, this, refresh);
  }
  connect(player_, &Player::state_changed, this, [this] {
    update_play_icon();
    commands_->refresh();
  });
  connect(view_, &ViewPanel::preset_changed, this, refresh);
  connect(session_->undo_stack(), &QUndoStack::indexChanged, this, refresh);
  for (Dock* dock : docks_) connect(dock, &QDockWidget::visibilityChanged, this, refresh);
}

void MainWindow::request_recognition() {
  if (live_->showing()) {
    live_->score_again();
  } else {
    engine_->request(session_->clip(), session_->person(), session_->labels(), part_, learn_from());
  }
}

void MainWindow::take_recognition(core::RecognitionPtr recognition) {
  if (live_->showing()) {
    live_->take_result(std::move(recognition));
  } else {
    session_->set_recognition(std::move(recognition), session_->origin());
  }
}

void MainWindow::part_changed() {
  const PlaybackClock& clock = player_->clock();
  std::optional<core::TimeSpan> part;
  if (clock.a() || clock.b()) part = core::TimeSpan{clock.a().value_or(0.0), clock.b().value_or(clock.duration())};
  const auto ends = [](const std::optional<core::TimeSpan>& p) {
    return p ? std::pair(p->begin, p->end) : std::pair(-1.0, -1.0);
  };
  if (ends(part) == ends(part_)) return;
  part_ = part;
  if (session_->clip()) request_recognition();
}

void MainWindow::open_clip(const QString& path) {
  newest_path_ = path;
  loader_->open_clip(path.toStdString());
}

void MainWindow::clip_failed(const QString& path, const QString& text) {
  banner_->show_error(Banner::Source::clip, text);
  if (path == newest_path_) {  // the list goes back to what is shown
    library_->mark_open(session_->clip() ? QString::fromStdString(session_->clip()->path) : QString());
    keeper_->clip_settled(path.toStdString());
  }
}

void MainWindow::clip_loaded(const core::ClipPtr& clip, const QString& path) {
  if (path != newest_path_) return;  // something else was asked for meanwhile
  banner_->dismiss(Banner::Source::clip);
  // An engine that could not be loaded is still missing.
  if (engine_->state() != EngineLink::State::failed) banner_->dismiss(Banner::Source::scores);
  part_.reset();
  player_->set_clip(clip);
  refinement_->clip_opened();
  session_->set_clip(clip);
  library_->add_files({path});
  library_->mark_open(path);
  update_title();
  if (keeper_->busy()) {
    keeper_->clip_settled(path.toStdString());  // as it was left, and still
  } else if (play_when_loaded_) {
    player_->play();
  }
}

void MainWindow::folder_listed(const FolderListingPtr& listing) {
  banner_->dismiss(Banner::Source::folder);
  const bool first = folder_first_ && !session_->clip() && newest_path_.isEmpty();
  library_->add_folder(make_source(listing));
  if (first) library_->open_neighbour(1);
}

void MainWindow::update_title() {
  QStringList names;
  const auto add = [&names](const std::string& name, const QString& mark) {  // "[*]" in a name is no place for the mark
    names.append(QString::fromStdString(name).replace(QStringLiteral("[*]"), QStringLiteral("[*][*]")) + mark);
  };
  if (session_->clip()) add(session_->clip()->name, {});
  if (!keeper_->file().empty()) add(keeper_->file().filename().string(), QStringLiteral("[*]"));
  names.append(QStringLiteral("Purlscope"));
  setWindowModified(false);  // a title without a place for the mark must not have one
  setWindowTitle(names.join(QStringLiteral(" – ")));
  setWindowModified(keeper_->modified());
}

void MainWindow::choose_theme(ThemeChoice choice, bool remember) {
  theme_->choose(choice);
  if (remember) settings_.set_theme(choice);
  commands_->refresh();
}

void MainWindow::focus_view() {
  QWidget* viewport = view_->viewport();
  const bool seen = viewport != nullptr && viewport->isVisible();
  (seen ? viewport : static_cast<QWidget*>(timeline_))->setFocus(Qt::OtherFocusReason);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  // A control that was reached by Tab keeps the keys by which it is used; the window's one-key commands yield.
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool plain = key->modifiers() == Qt::NoModifier || key->modifiers() == Qt::KeypadModifier;
    const bool space = plain && key->key() == Qt::Key_Space;
    const bool walk = plain && kListKeys.contains(key->key());
    if ((space && (qobject_cast<QAbstractButton*>(watched) || qobject_cast<QComboBox*>(watched))) ||
        (walk && qobject_cast<QAbstractItemView*>(watched))) {
      event->accept();
      return true;
    }
  }
  return QMainWindow::eventFilter(watched, event);
}

}  // namespace purlscope::app
