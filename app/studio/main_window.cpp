#include "app/studio/main_window.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/studio/commands/command_palette.h"
#include "app/studio/commands/command_table.h"
#include "app/studio/panels/attention/attention_panel.h"
#include "app/studio/panels/input_panel.h"
#include "app/studio/panels/labels/labels_panel.h"
#include "app/studio/panels/library/library_panel.h"
#include "app/studio/panels/timeline/timeline_panel.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/loader.h"
#include "app/studio/session/player.h"
#include "app/studio/theme/icons.h"
#include "app/studio/view/sentence_chips.h"
#include "app/studio/view/status_line.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/widgets/dock.h"
#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::app {
namespace fs = std::filesystem;
namespace {

constexpr int kLayoutVersion = 1;
constexpr QSize kDefaultSize{1440, 900};
constexpr QSize kMinimumSize{960, 640};

}  // namespace

MainWindow::MainWindow(core::Worker::EngineFactory engine, QWidget* parent)
    : QMainWindow(parent),
      theme_(new Theme(this)),
      session_(new Session(this)),
      player_(new Player(this)),
      loader_(new Loader(this)),
      engine_(new EngineLink(std::move(engine), this)),
      commands_(new CommandTable(this)) {
  setObjectName(QStringLiteral("studio"));
  setAcceptDrops(true);
  setMinimumSize(kMinimumSize);
  setContentsMargins(kGrid, 0, kGrid, 0);
  theme_->choose(settings_.theme());
  session_->set_display(settings_.display());
  setCentralWidget(make_centre());
  make_docks();
  status_ = new StatusLine(session_, engine_, loader_, player_, this);
  status_->watch(view_->viewport());
  setStatusBar(status_);

  add_file_commands();
  add_edit_commands();
  add_view_commands();
  add_display_commands();
  add_playback_commands();
  add_label_commands();
  add_sentence_commands();
  add_help_commands();
  make_menus();
  view_->add_buttons(*commands_);
  library_->add_buttons(*commands_);
  timeline_->add_buttons(*commands_);
  auto* rank = new QToolButton;
  rank->setDefaultAction(commands_->action(QStringLiteral("labels.rank")));
  rank->setProperty("flat", true);
  rank->setFocusPolicy(Qt::TabFocus);
  labels_dock_->add_control(rank);
  labels_->set_rank_order(settings_.rank_order());
  palette_ = new CommandPalette(commands_, this);

  connect_parts();
  commands_->refresh();
  update_title();
  resize(kDefaultSize);
  default_layout_ = saveState(kLayoutVersion);
  qApp->installEventFilter(this);
}

MainWindow::~MainWindow() {
  qApp->removeEventFilter(this);
  for (Dock* dock : docks_) dock->disconnect(this);  // a dying dock still tells that it hides
  // Threads first, widgets and GL after: nobody reports to a panel that is gone.
  delete engine_;
  delete loader_;
}

QWidget* MainWindow::make_centre() {
  banner_ = new Banner;
  view_ = new ViewPanel(session_, player_);
  auto* chips = new SentenceChips(session_);
  auto* centre = new QWidget;
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kGrid);
  column->addWidget(banner_);
  column->addWidget(view_, 1);
  column->addWidget(chips);
  return centre;
}

void MainWindow::make_docks() {
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
  library_ = new LibraryPanel(loader_);
  labels_ = new LabelsPanel(session_, engine_);
  attention_ = new AttentionPanel(session_, player_);
  input_ = new InputPanel(session_, engine_);
  timeline_ = new TimelinePanel(session_, player_);
  const auto add = [this](const QString& id, const QString& title, QWidget* panel, Qt::DockWidgetArea area) {
    auto* dock = new Dock(id, title, panel, this);
    addDockWidget(area, dock);
    docks_.push_back(dock);
    return dock;
  };
  Dock* library = add(QStringLiteral("library"), tr("Library"), library_, Qt::LeftDockWidgetArea);
  Dock* labels = add(QStringLiteral("labels"), tr("Labels"), labels_, Qt::RightDockWidgetArea);
  Dock* attention = add(QStringLiteral("attention"), tr("Attention"), attention_, Qt::RightDockWidgetArea);
  Dock* input = add(QStringLiteral("input"), tr("Input check"), input_, Qt::RightDockWidgetArea);
  Dock* timeline = add(QStringLiteral("timeline"), tr("Timeline"), timeline_, Qt::BottomDockWidgetArea);
  attention->add_control(attention_->controls());
  labels_dock_ = labels;
  resizeDocks({library, labels}, {260, 392}, Qt::Horizontal);
  resizeDocks({labels, attention, input}, {310, 202, 182}, Qt::Vertical);
  resizeDocks({timeline}, {160}, Qt::Vertical);
}

void MainWindow::connect_parts() {
  connect(loader_, &Loader::clip_loaded, this, &MainWindow::clip_loaded);
  connect(loader_, &Loader::folder_loaded, this, &MainWindow::folder_loaded);
  connect(loader_, &Loader::failed, this, [this](const QString& path, const QString& text) {
    banner_->show_error(text);
    if (path == newest_path_) {  // the list goes back to what is shown
      library_->mark_open(session_->clip() ? QString::fromStdString(session_->clip()->path) : QString());
    }
  });
  connect(library_, &LibraryPanel::clip_chosen, this, [this](const QString& path) {
    newest_path_ = path;
    loader_->open_clip(path.toStdString());
  });
  for (const auto signal : {&Session::clip_changed, &Session::labels_changed, &Session::person_changed}) {
    connect(session_, signal, this, &MainWindow::request_recognition);
  }
  connect(engine_, &EngineLink::result, session_, &Session::set_recognition);
  connect(engine_, &EngineLink::failed, banner_, &Banner::show_error);
  connect(session_, &Session::display_changed, this, [this] { settings_.set_display(session_->display()); });

  const auto refresh = [this] { commands_->refresh(); };
  for (const auto signal :
       {&Session::clip_changed, &Session::labels_changed, &Session::selection_changed, &Session::display_changed}) {
    connect(session_, signal, this, refresh);
  }
  connect(player_, &Player::state_changed, this, [this] {
    const bool playing = player_->playing();
    commands_->action(QStringLiteral("playback.toggle"))
        ->setIcon(themed_icon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
    commands_->refresh();
  });
  connect(view_, &ViewPanel::preset_changed, this, refresh);
  connect(session_->undo_stack(), &QUndoStack::indexChanged, this, refresh);
  for (Dock* dock : docks_) connect(dock, &QDockWidget::visibilityChanged, this, refresh);
}

void MainWindow::request_recognition() { engine_->request(session_->clip(), session_->person(), session_->labels()); }

void MainWindow::clip_loaded(const core::ClipPtr& clip, const QString& path) {
  if (path != newest_path_) return;  // something else was asked for meanwhile
  player_->set_clip(clip);
  session_->set_clip(clip);
  library_->add_file(path);
  library_->mark_open(path);
  update_title();
  if (play_when_loaded_) player_->play();
}

void MainWindow::folder_loaded(const std::shared_ptr<const core::Dataset>& dataset) {
  LibrarySource source = make_source(*dataset);
  const bool first = !session_->clip() && newest_path_.isEmpty();
  const QString start = source.entries.empty() ? QString() : source.entries.front().path;
  library_->add_folder(std::move(source));
  if (!first || start.isEmpty()) return;
  newest_path_ = start;
  loader_->open_clip(start.toStdString());
}

void MainWindow::update_title() {
  const QString program = QStringLiteral("Purlscope");
  setWindowTitle(session_->clip() ? QString::fromStdString(session_->clip()->name) + QStringLiteral(" – ") + program
                                  : program);
}

void MainWindow::open_paths(const std::vector<fs::path>& paths) {
  for (const fs::path& path : paths) {
    std::error_code ignored;
    const fs::path absolute = fs::absolute(path, ignored).lexically_normal();
    const QString text = QString::fromStdString(absolute.string());
    settings_.add_recent(text);
    if (fs::is_directory(absolute, ignored)) {
      loader_->open_folder(absolute);
      continue;
    }
    newest_path_ = text;
    loader_->open_clip(absolute);
  }
}

void MainWindow::open_bundled() {
  try {
    const fs::path folder = core::resource("clips");
    LibrarySource source{tr("Bundled clips"), QString::fromStdString(folder.string()), {}};
    std::vector<fs::path> files;
    for (const auto& item : fs::directory_iterator(folder)) {
      if (item.path().extension() == ".skeleton") files.push_back(item.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<std::string> labels;
    for (const fs::path& file : files) {
      source.entries.push_back(make_entry(QString::fromStdString(file.string())));
      source.entries.back().detail = tr("synthetic");
      labels.push_back(source.entries.back().title.toStdString());
    }
    if (files.empty()) return;
    if (session_->labels().labels.empty()) session_->load_labels(labels);
    library_->add_folder(std::move(source));
    if (!newest_path_.isEmpty()) return;  // a file was asked for on the command line
    newest_path_ = QString::fromStdString(files.front().string());
    loader_->open_clip(files.front());
  } catch (const std::exception& error) {
    banner_->show_error(QString::fromUtf8(error.what()));
  }
}

void MainWindow::choose_theme(ThemeChoice choice, bool remember) {
  theme_->choose(choice);
  if (remember) settings_.set_theme(choice);
  commands_->refresh();
}

void MainWindow::restore_layout() {
  if (const QByteArray geometry = settings_.geometry(); !geometry.isEmpty()) restoreGeometry(geometry);
  if (const QByteArray layout = settings_.layout(); !layout.isEmpty() && !restoreState(layout, kLayoutVersion)) {
    reset_layout();
  }
}

void MainWindow::reset_layout() {
  restoreState(default_layout_, kLayoutVersion);
  for (Dock* dock : docks_) {
    dock->setFloating(false);
    dock->show();
  }
}

void MainWindow::closeEvent(QCloseEvent* event) {
  settings_.set_window(saveGeometry(), saveState(kLayoutVersion));
  player_->pause();
  QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  std::vector<fs::path> paths;
  for (const QUrl& url : event->mimeData()->urls()) {
    if (url.isLocalFile()) paths.emplace_back(url.toLocalFile().toStdString());
  }
  if (paths.empty()) {
    banner_->show_error(tr("Only files and folders of this machine can be opened by dropping them."));
    return;
  }
  open_paths(paths);
  event->acceptProposedAction();
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  // A control that was reached by Tab keeps the keys by which it is used; the window's one-key commands yield.
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool space = key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier;
    const bool walk = (key->key() == Qt::Key_Home || key->key() == Qt::Key_End) && key->modifiers() == Qt::NoModifier;
    if ((space && (qobject_cast<QAbstractButton*>(watched) || qobject_cast<QComboBox*>(watched))) ||
        (walk && qobject_cast<QAbstractItemView*>(watched))) {
      event->accept();
      return true;
    }
  }
  return QMainWindow::eventFilter(watched, event);
}

}  // namespace purlscope::app
