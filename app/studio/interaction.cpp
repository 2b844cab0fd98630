// Recording what a person does at the window, and doing it again.
#include "app/studio/interaction.h"

#include <QApplication>
#include <QLabel>
#include <QStatusBar>
#include <algorithm>
#include <cstdio>

#include "app/studio/dataset/folder_jobs.h"
#include "app/studio/document/session_keeper.h"
#include "app/studio/live/live_session.h"
#include "app/studio/main_window.h"
#include "app/studio/replay/interaction_recorder.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/loader.h"

namespace purlscope::app {
namespace {

constexpr int kFailed = 1;

void say(const QString& text) { std::fprintf(stderr, "purlscope: %s\n", qUtf8Printable(text)); }

/// The window's own, and those of a clip that is compared.
template <typename Worker>
bool busy(const MainWindow& window) {
  const auto workers = window.findChildren<Worker*>();
  return std::any_of(workers.begin(), workers.end(), [](const Worker* worker) { return worker->busy(); });
}

bool scoring(const MainWindow& window) {
  const auto engines = window.findChildren<EngineLink*>();
  return std::any_of(engines.begin(), engines.end(), [](const EngineLink* engine) {
    return engine->state() == EngineLink::State::loading || engine->waiting();
  });
}

}  // namespace

bool at_rest(const MainWindow& window) {
  if (busy<Loader>(window) || busy<FolderJobs>(window) || busy<SessionKeeper>(window)) return false;
  return window.findChild<LiveSession*>()->showing() || !scoring(window);  // a live source never rests
}

void record_interaction(MainWindow& window, const std::filesystem::path& file) {
  new InteractionRecorder(file, window.size(), &window);
  const QString name = QString::fromStdString(file.string());
  auto* sign = new QLabel(MainWindow::tr("● recording the interaction"));
  sign->setObjectName(QStringLiteral("interaction_sign"));
  sign->setToolTip(MainWindow::tr("Mouse, keys and what is typed are written to %1").arg(name));
  window.statusBar()->addPermanentWidget(sign);
  say(MainWindow::tr("recording to %1: mouse, wheel, keys with all that is typed, dropped files by their paths, sizes "
                     "of windows. Not recorded: what goes to fields that hide their text, and the clipboard. Close the "
                     "window to end.")
          .arg(name));
}

void replay_interaction(MainWindow& window, const std::filesystem::path& file, const ReplayPace& pace) {
  InteractionFile recording = read_interactions(file);
  if (recording.cut) {
    say(MainWindow::tr("%1: the last line broke off and is left out.").arg(QString::fromStdString(file.string())));
  }
  auto* player = new InteractionPlayer(
      std::move(recording), [&window] { return at_rest(window); }, pace, &window);
  QObject::connect(player, &InteractionPlayer::finished, &window, [] { QCoreApplication::exit(0); });
  QObject::connect(player, &InteractionPlayer::failed, &window, [](const QString& text) {
    say(text);
    QCoreApplication::exit(kFailed);
  });
  QApplication::setQuitOnLastWindowClosed(false);  // it would end the program as if all were well
  QObject::connect(qApp, &QApplication::lastWindowClosed, player, [player] {
    if (!player->done()) say(MainWindow::tr("the window was closed before the recording's end."));
    QCoreApplication::exit(player->done() ? 0 : kFailed);
  });
  player->start(window);
}

}  // namespace purlscope::app
