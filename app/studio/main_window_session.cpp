// Sessions: opening, saving, what is asked before something would be lost.
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QStandardPaths>

#include "app/studio/commands/command_table.h"
#include "app/studio/document/document_paths.h"
#include "app/studio/document/session_keeper.h"
#include "app/studio/live/live_session.h"
#include "app/studio/main_window.h"
#include "app/studio/panels/attention/attention_panel.h"
#include "app/studio/panels/labels/label_model.h"
#include "app/studio/panels/labels/labels_panel.h"
#include "app/studio/session/player.h"
#include "app/studio/theme/icons.h"
#include "app/studio/view/status_line.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/widgets/file_dialog.h"
#include "app/studio/widgets/notice.h"
#include "app/studio/words.h"
#include "core/base/paths.h"

namespace purlscope::app {
namespace fs = std::filesystem;
namespace {

constexpr int kNewsTime = 6000;  // ms

QString id(const char* text) { return QString::fromLatin1(text); }

QList<QKeySequence> key(const char* text) { return {QKeySequence(QString::fromLatin1(text))}; }

QString text_of(const fs::path& path) { return QString::fromStdString(path.string()); }

QString session_filter() { return MainWindow::tr("Purlscope sessions (*.purl)"); }

QString name_of(const fs::path& file) { return text_of(file.filename()); }

/// What of a path on the disk a menu tells.
enum class Kind { missing, folder, session, recording };

Kind kind_of(const QString& path) {
  const QFileInfo info(path);
  if (!info.exists()) return Kind::missing;
  if (info.isDir()) return Kind::folder;
  return is_session_file(path.toStdString()) ? Kind::session : Kind::recording;
}

void mark(QAction* action, Kind kind) {
  switch (kind) {
    case Kind::missing:
      action->setEnabled(false);
      action->setText(MainWindow::tr("%1  (not found)").arg(action->text()));
      action->setToolTip(MainWindow::tr("It was moved or deleted, or its disk is not there just now"));
      return;
    case Kind::folder:
      action->setIcon(themed_icon(QStringLiteral("open-folder")));
      return;
    case Kind::session:
      action->setIcon(themed_icon(QStringLiteral("session")));
      return;
    case Kind::recording:
      action->setIcon(themed_icon(QStringLiteral("clip")));
      return;
  }
}

}  // namespace

void MainWindow::connect_sessions() {
  connect(keeper_, &SessionKeeper::changed, this, [this] {
    update_title();
    commands_->refresh();
  });
  connect(keeper_, &SessionKeeper::saved, this, [this](const QString& file) {
    banner_->dismiss(Banner::Source::session);
    settings_.add_recent(file);
    status_->showMessage(tr("Saved %1").arg(file), kNewsTime);
  });
  connect(keeper_, &SessionKeeper::failed, banner_,
          [this](const QString& text) { banner_->show_error(Banner::Source::session, text); });
  connect(keeper_, &SessionKeeper::restored, this, &MainWindow::session_restored);
  connect(keeper_, &SessionKeeper::left_found, this, [this](const QString& name, const QDateTime& when) {
    const bool today = when.date() == QDate::currentDate();
    const QString time = when.toString(today ? QStringLiteral("HH:mm") : QStringLiteral("yyyy-MM-dd HH:mm"));
    const QString text =
        name.isEmpty()
            ? tr("Purlscope did not close properly. What was open at %1 can be restored.").arg(time)
            : tr("Purlscope did not close properly. The changes of “%1” up to %2 can be restored.").arg(name, time);
    restore_notice_->ask(text, tr("Restore"), tr("Discard"));
  });
  connect(restore_notice_, &Notice::accepted, this, [this] { ask_to_save([this] { keeper_->restore_left(); }); });
  connect(restore_notice_, &Notice::refused, keeper_, &SessionKeeper::discard_left);
  connect(live_notice_, &Notice::accepted, this, [this] { try_source(session_source_); });
  watch_for_changes();
}

void MainWindow::watch_for_changes() {
  const auto note = [this] { keeper_->note_change(); };
  for (const auto signal : {&Session::clip_changed, &Session::labels_changed, &Session::selection_changed,
                            &Session::display_changed, &Session::person_changed}) {
    connect(session_, signal, keeper_, note);
  }
  connect(player_, &Player::state_changed, keeper_, note);
  connect(live_, &LiveSession::mode_changed, keeper_, note);
  connect(view_, &ViewPanel::preset_changed, keeper_, note);
  connect(attention_, &AttentionPanel::choice_changed, keeper_, note);
  connect(labels_->model(), &QAbstractItemModel::layoutChanged, keeper_, note);
  connect(labels_->model(), &QAbstractItemModel::modelReset, keeper_, note);
}

void MainWindow::session_restored(const QString& name, const QStringList& problems) {
  if (!keeper_->file().empty() && !keeper_->modified()) settings_.add_recent(text_of(keeper_->file()));
  update_title();
  if (problems.isEmpty()) {
    banner_->dismiss(Banner::Source::session);
    return;
  }
  const QString what = name.isEmpty() ? tr("The session") : name;
  banner_->show_error(Banner::Source::session,
                      tr("%1: not all could be restored (%2)")
                              .arg(what, counted(problems.size(), tr("%1 problem"), tr("%1 problems"))) +
                          QLatin1Char('\n') + problems.join(QLatin1Char('\n')));
}

void MainWindow::begin_autosave() {
  keeper_->begin_autosave(core::user_state_dir() / "autosave", settings_.autosave_seconds());
}

void MainWindow::open_session(const fs::path& file) {
  ask_to_save([this, file] { keeper_->open(file); });
}

void MainWindow::ask_for_session() {
  auto* dialog = new FileDialog(this, tr("Open a session"), session_folder(), session_filter());
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { open_paths({file.toStdString()}); });
  dialog->open();
}

QString MainWindow::session_folder() const {
  if (!keeper_->file().empty()) return text_of(keeper_->file().parent_path());
  for (const QString& path : settings_.recent()) {
    if (is_session_file(path.toStdString())) return QFileInfo(path).absolutePath();
  }
  return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

void MainWindow::save_session(std::function<void()> then) {
  if (keeper_->file().empty()) {
    save_session_as(std::move(then));
  } else {
    keeper_->save(keeper_->file(), std::move(then));
  }
}

void MainWindow::save_session_as(std::function<void()> then) {
  auto* dialog = new FileDialog(this, tr("Save the session as"), session_folder(), session_filter());
  dialog->setFileMode(QFileDialog::AnyFile);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("purl"));
  dialog->selectFile(keeper_->file().empty() ? tr("session.purl") : name_of(keeper_->file()));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, this,
          [this, then = std::move(then)](const QString& file) { keeper_->save(file.toStdString(), then); });
  dialog->open();
}

void MainWindow::ask_to_save(std::function<void()> next) {
  if (!keeper_->check()) {
    next();
    return;
  }
  auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Save the session?"),
                              tr("The session “%1” has changes that are not saved.").arg(name_of(keeper_->file())),
                              QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
  box->setObjectName(QStringLiteral("save_question"));
  box->setInformativeText(tr("Without saving they are lost."));
  box->setDefaultButton(QMessageBox::Save);
  box->setAttribute(Qt::WA_DeleteOnClose);
  connect(box, &QMessageBox::buttonClicked, this, [this, box, next = std::move(next)](QAbstractButton* button) {
    const QMessageBox::StandardButton answer = box->standardButton(button);
    if (answer == QMessageBox::Save) save_session(next);
    if (answer == QMessageBox::Discard) next();
  });
  box->open();
}

bool MainWindow::may_close() {
  if (leaving_ || !keeper_->check()) return true;
  if (findChild<QMessageBox*>(QStringLiteral("save_question")) == nullptr) {
    ask_to_save([this] {
      leaving_ = true;
      close();
    });
  }
  return false;
}

void MainWindow::fill_recent_menu() {
  recent_menu_->clear();
  const QStringList paths = settings_.recent();
  QList<QPointer<QAction>> actions;
  for (const QString& path : paths) {
    QAction* action = recent_menu_->addAction(QString(path).replace(QLatin1Char('&'), QStringLiteral("&&")));
    connect(action, &QAction::triggered, this, [this, path] { open_paths({path.toStdString()}); });
    actions.append(action);
  }
  if (paths.isEmpty()) {
    recent_menu_->addAction(tr("Nothing opened yet"))->setEnabled(false);
    return;
  }
  recent_menu_->addSeparator();
  connect(recent_menu_->addAction(tr("Clear")), &QAction::triggered, this, [this] { settings_.clear_recent(); });
  // A disk that sleeps, or a network that is away, must not hold up the menu.
  const auto kinds = std::make_shared<std::vector<Kind>>();
  keeper_->background().run(
      [paths, kinds] {
        for (const QString& path : paths) kinds->push_back(kind_of(path));
      },
      [actions, kinds] {
        for (std::size_t i = 0; i < kinds->size(); ++i) {
          if (QAction* action = actions[static_cast<qsizetype>(i)]) mark(action, (*kinds)[i]);
        }
      });
}

void MainWindow::add_session_commands() {
  const QString group = tr("File");
  commands_->add(group, {.id = id("file.new_session"),
                         .text = tr("New session"),
                         .tooltip = tr("Close what is open and begin without labels"),
                         .keys = key("Ctrl+N"),
                         .run = [this] { ask_to_save([this] { keeper_->start_new(); }); }});
  commands_->add(group, {.id = id("file.open_session"),
                         .text = tr("Open session..."),
                         .tooltip = tr("Open a saved session: its recordings, labels, marks and views"),
                         .keys = {},
                         .run = [this] { ask_for_session(); },
                         .icon = id("session")});
  commands_->add(group, {.id = id("file.save_session"),
                         .text = tr("Save session"),
                         .tooltip = tr("Save what is opened, typed and chosen as a session file"),
                         .keys = key("Ctrl+S"),
                         .run = [this] { save_session(); },
                         .enabled = [this] { return !keeper_->busy(); },
                         .icon = id("save")});
  commands_->add(group, {.id = id("file.save_session_as"),
                         .text = tr("Save session as..."),
                         .tooltip = tr("Save the session under another name"),
                         .keys = key("Ctrl+Shift+S"),
                         .run = [this] { save_session_as(); },
                         .enabled = [this] { return !keeper_->busy(); }});
}

}  // namespace purlscope::app
