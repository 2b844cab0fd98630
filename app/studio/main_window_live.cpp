// Live sources: connecting, following, recording.
#include <QDateTime>
#include <QDir>
#include <QMenu>
#include <QStandardPaths>

#include "app/studio/commands/command_table.h"
#include "app/studio/live/connect_dialog.h"
#include "app/studio/live/live_bar.h"
#include "app/studio/live/live_session.h"
#include "app/studio/live/source_words.h"
#include "app/studio/main_window.h"
#include "app/studio/panels/library/library_panel.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/player.h"
#include "app/studio/theme/icons.h"
#include "app/studio/view/status_line.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/words.h"
#include "core/base/error.h"

namespace purlscope::app {
namespace {

constexpr int kNewsTime = 8000;  // ms

QString id(const char* text) { return QString::fromLatin1(text); }

/// A new file among the user's documents, named by the time.
QString recording_file() {
  const QString folder =
      QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + QStringLiteral("/Purlscope");
  QDir().mkpath(folder);
  const QString stem =
      folder + QLatin1Char('/') + QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH.mm.ss"));
  QString file = stem + QStringLiteral(".purlrec");
  for (int again = 2; QFileInfo::exists(file); ++again) file = QStringLiteral("%1 (%2).purlrec").arg(stem).arg(again);
  return file;
}

}  // namespace

void MainWindow::connect_live() {
  connect(live_, &LiveSession::mode_changed, this, &MainWindow::live_mode_changed);
  connect(live_, &LiveSession::recording_changed, this, [this] { commands_->refresh(); });
  connect(live_, &LiveSession::came_to_an_end, this, [this] { commands_->refresh(); });
  connect(live_, &LiveSession::failed, banner_,
          [this](const QString& text) { banner_->show_error(Banner::Source::live, text); });
  connect(session_, &Session::clip_changed, this, &MainWindow::update_title);
  connect(live_, &LiveSession::recorded_file, this, &MainWindow::recording_closed);
}

void MainWindow::live_mode_changed() {
  if (following()) banner_->dismiss(Banner::Source::clip);
  update_play_icon();
  commands_->refresh();
  update_title();
}

void MainWindow::update_play_icon() {
  const bool running = player_->playing() || following();
  commands_->action(QStringLiteral("playback.toggle"))
      ->setIcon(themed_icon(running ? QStringLiteral("pause") : QStringLiteral("play")));
}

void MainWindow::connect_source(const QString& uri) {
  live_->connect_source(uri);
  newest_path_.clear();  // a clip that is still being read is not to take its place
  banner_->dismiss(Banner::Source::live);
  settings_.add_recent_source(uri);
}

void MainWindow::try_source(const QString& uri) {
  try {
    connect_source(uri);
  } catch (const Error& error) {
    banner_->show_error(Banner::Source::live, QString::fromStdString(error.what()));
  }
}

void MainWindow::ask_for_source() {
  auto* dialog = findChild<ConnectDialog*>();
  if (dialog == nullptr) {
    dialog = new ConnectDialog(live_->closer(), this);
    connect(dialog, &ConnectDialog::chosen, this, [this, dialog](const QString& uri) {
      try {
        connect_source(uri);
        dialog->close();
      } catch (const Error& error) {
        dialog->show_error(QString::fromStdString(error.what()));
      }
    });
  }
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
}

void MainWindow::toggle_recording() {
  if (live_->recording()) {
    live_->stop_recording();
    return;
  }
  try {
    live_->record(recording_file().toStdString());
  } catch (const Error& error) {
    banner_->show_error(Banner::Source::live, QString::fromStdString(error.what()));
  }
}

void MainWindow::recording_closed(const QString& path, quint64 frames) {
  if (frames == 0) {
    status_->showMessage(tr("Nothing came while recording; there is no file."), kNewsTime);
    return;
  }
  status_->showMessage(tr("Recorded %1 to %2").arg(counted(qsizetype(frames), tr("%1 frame"), tr("%1 frames")), path),
                       kNewsTime);
  settings_.add_recent(path);
  library_->add_files({path});
}

void MainWindow::fill_recent_sources() {
  recent_sources_->clear();
  const QStringList sources = settings_.recent_sources();
  for (const QString& uri : sources) {
    QAction* action = recent_sources_->addAction(source_title(uri).replace(QLatin1Char('&'), QStringLiteral("&&")));
    action->setToolTip(plain_tooltip(uri));
    connect(action, &QAction::triggered, this, [this, uri] { try_source(uri); });
  }
  if (sources.isEmpty()) recent_sources_->addAction(tr("No source connected yet"))->setEnabled(false);
}

void MainWindow::add_live_commands() {
  const QString group = tr("Live");
  const auto connected = [this] { return live_->connected(); };
  const auto running = [this] { return live_->connected() && !live_->over(); };
  const auto key = [](const char* text) { return QList<QKeySequence>{QKeySequence(QString::fromLatin1(text))}; };
  commands_->add(group, {.id = id("live.connect"),
                         .text = tr("Connect..."),
                         .tooltip = tr("Recognise what a camera, a video or another program sends"),
                         .keys = key("Ctrl+Shift+L"),
                         .run = [this] { ask_for_source(); },
                         .icon = id("live")});
  commands_->add(group, {.id = id("live.follow"),
                         .text = tr("Follow"),
                         .tooltip = tr("Go to the newest pose of the live source and on with it"),
                         .keys = key("F"),
                         .run = [this] { following() ? live_->hold() : live_->follow(); },
                         .enabled = [this, running] { return running() || (live_->connected() && !live_->showing()); },
                         .checked = [this] { return following(); }});
  commands_->add(group, {.id = id("live.record"),
                         .text = tr("Record"),
                         .tooltip = tr("Record what the live source sends; what is on the disk survives a crash"),
                         .keys = key("Ctrl+R"),
                         .run = [this] { toggle_recording(); },
                         .enabled = [this, running] { return running() || live_->recording(); },
                         .checked = [this] { return live_->recording(); }});
  commands_->add(group, {.id = id("live.disconnect"),
                         .text = tr("Disconnect"),
                         .tooltip = tr("Leave the live source; what it sent last stays"),
                         .keys = key("Ctrl+D"),
                         .run = [this] { live_->disconnect_source(); },
                         .enabled = connected,
                         .icon = id("close")});
}

bool MainWindow::following() const { return live_->mode() == LiveSession::Mode::following; }

}  // namespace purlscope::app
