// Refinement: what is learned from, its commands, and what the bank's windows open.
#include <fmt/format.h>

#include <QFileInfo>

#include "app/studio/commands/command_table.h"
#include "app/studio/live/live_session.h"
#include "app/studio/main_window.h"
#include "app/studio/panels/refinement/refinement_panel.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/session/player.h"
#include "app/studio/view/status_line.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/widgets/dock.h"
#include "app/studio/widgets/file_dialog.h"

namespace purlscope::app {
namespace {

constexpr int kNewsTime = 8000;  // ms
constexpr std::size_t kFew = 5;  // steps
constexpr std::size_t kMany = 10;

QString id(const char* text) { return QString::fromLatin1(text); }

QList<QKeySequence> key(const char* text) {
  return *text != '\0' ? QList<QKeySequence>{QKeySequence(QString::fromLatin1(text))} : QList<QKeySequence>{};
}

QString state_filters() { return MainWindow::tr("What was learned (*.safetensors);;All files (*)"); }

}  // namespace

void MainWindow::connect_refinement() {
  connect(refinement_, &RefinementLink::changed, this, [this] {
    live_->set_learning(refinement_->learning());
    commands_->refresh();
  });
  connect(refinement_, &RefinementLink::acted, this, &MainWindow::request_recognition);
  connect(refinement_, &RefinementLink::saved, this, [this](const QString& file) {
    status_->showMessage(tr("Saved what was learned to %1").arg(file), kNewsTime);
  });
  connect(refinement_, &RefinementLink::failed, banner_,
          [this](const QString& text) { banner_->show_error(Banner::Source::refinement, text); });
  connect(refinement_panel_, &RefinementPanel::chosen, this, &MainWindow::show_arrival);
}

std::string MainWindow::window_name() const {
  const core::ClipPtr& clip = session_->clip();
  if (!clip) return {};
  const std::string part = part_ ? fmt::format("{}-{}", part_->begin, part_->end) : "whole";
  return fmt::format("{}\n{}\n{}", clip->place(), session_->person().value_or(-1), part);
}

core::LearnFrom MainWindow::learn_from() {
  return refinement_->learn_from(window_name(), !part_ && !session_->person());
}

void MainWindow::learn_from_shown() {
  if (live_->showing()) {
    live_->learn_now();
    return;
  }
  refinement_->learn_next(window_name());
  request_recognition();
}

void MainWindow::show_arrival(const Arrival& arrival) {
  const QString path = QString::fromStdString(arrival.path);
  if (!arrival.whole) {
    // After the window's own reaction to the clip, which starts playing the whole of it.
    auto* once = new QObject(this);
    connect(session_, &Session::clip_changed, once, [this, once, arrival] {
      once->deleteLater();
      if (!session_->clip() || session_->clip()->path != arrival.path) return;
      QMetaObject::invokeMethod(
          this, [this, arrival] { player_->repeat(arrival.begin, arrival.end); }, Qt::QueuedConnection);
    });
  }
  open_clip(path);
}

void MainWindow::ask_before(const QString& go, std::function<void()> run) {
  if (!refinement_->has_learned()) return run();
  refinement_dock_->reveal();
  refinement_panel_->ask(refinement_panel_->loss(), go, std::move(run));
}

void MainWindow::save_refinement() {
  FileDialog dialog(this, tr("Save what was learned"), {}, state_filters());
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setFileMode(QFileDialog::AnyFile);
  dialog.setDefaultSuffix(QStringLiteral("safetensors"));
  if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
  refinement_->save(dialog.selectedFiles().front().toStdString());
}

void MainWindow::load_refinement() {
  FileDialog dialog(this, tr("Load what was learned"), {}, state_filters());
  dialog.setFileMode(QFileDialog::ExistingFile);
  if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
  refinement_->load(dialog.selectedFiles().front().toStdString());
}

void MainWindow::add_refinement_commands() {
  const QString group = tr("Refinement");
  const auto row = [&](const char* name, const QString& text, const QString& button, const QString& tooltip,
                       const char* keys, std::function<void()> run, std::function<bool()> enabled,
                       std::function<bool()> checked = {}) {
    QAction* action = commands_->add(group, {.id = id(name),
                                             .text = text,
                                             .tooltip = tooltip,
                                             .keys = key(keys),
                                             .run = std::move(run),
                                             .enabled = std::move(enabled),
                                             .checked = std::move(checked)});
    action->setIconText(button);
  };
  const auto available = [this] { return refinement_->available(); };
  const auto on = [this] { return refinement_->on(); };
  const auto learned = [this] { return refinement_->has_learned(); };
  const auto undoable = [this] { return refinement_->state().undoable > 0; };
  row(
      "refinement.toggle", tr("Refine the scores"), tr("Refine"),
      tr("Let the scores learn from what is watched, without labels; off scores plainly and keeps what was learned"),
      "Ctrl+Shift+R", [this] { refinement_->switch_on(!refinement_->on()); }, available, on);
  row(
      "refinement.pause", tr("Pause learning"), tr("Pause"),
      tr("Score by what was learned so far, and learn nothing more"), "Ctrl+Shift+P",
      [this] { refinement_->set_learning(!refinement_->learning()); }, on, [this] { return !refinement_->learning(); });
  row(
      "refinement.learn", tr("Learn from this clip"), tr("Learn"),
      tr("Learn from what is shown now, also when learning is paused or it was learned from before"), "Ctrl+T",
      [this] { learn_from_shown(); },
      [this, on] { return on() && session_->clip() && !session_->labels().labels.empty(); });
  row(
      "refinement.undo", tr("Undo a step of learning"), tr("Undo"), tr("Forget the window learned from last"),
      "Ctrl+Shift+U", [this] { refinement_->undo(1); }, undoable);
  row(
      "refinement.undo_5", tr("Undo %1 steps").arg(kFew), {}, tr("Forget the last %1 windows").arg(kFew), "",
      [this] { refinement_->undo(kFew); }, undoable);
  row(
      "refinement.undo_10", tr("Undo %1 steps").arg(kMany), {}, tr("Forget the last %1 windows").arg(kMany), "",
      [this] { refinement_->undo(kMany); }, undoable);
  row(
      "refinement.undo_all", tr("Undo all steps"), {}, tr("Go back as far as steps are remembered"), "",
      [this] { refinement_->undo(refinement_->state().undoable); }, undoable);
  row(
      "refinement.accept", tr("Accept what was learned"), tr("Accept"),
      tr("Keep it: undo does not go behind it, and reset comes back to it"), "Ctrl+Shift+A",
      [this] { refinement_->accept(); }, learned);
  row(
      "refinement.reset", tr("Reset..."), tr("Reset"), tr("Go back to what was accepted last, or to nothing learned"),
      "Ctrl+Shift+Backspace", [this] { ask_before(tr("Reset"), [this] { refinement_->reset(); }); },
      [this, learned] { return learned() || refinement_->state().windows > 0; });
  row(
      "refinement.save", tr("Save what was learned..."), tr("Save..."),
      tr("Write what was learned, with its bank, to a file for the same labels"), "Ctrl+Shift+E",
      [this] { save_refinement(); }, learned);
  row(
      "refinement.load", tr("Load what was learned..."), tr("Load..."),
      tr("Go on from a file that was saved for the same labels and sentences"), "Ctrl+Shift+I",
      [this] { ask_before(tr("Load"), [this] { load_refinement(); }); },
      [this, available] { return available() && !session_->labels().labels.empty(); });
  const auto page = [&](const char* name, const QString& text, const QString& tooltip, RefinementPanel::Page shown) {
    row(name, text, text, tooltip, "",
        [this, shown] {
          refinement_dock_->reveal();
          refinement_panel_->show_page(shown);
        },
        {});
  };
  page("refinement.bank", tr("Show the bank"), tr("Show the windows that refinement remembers of each label"),
       RefinementPanel::kBank);
  page("refinement.scores", tr("Compare scores"), tr("Show the scores without and with refinement side by side"),
       RefinementPanel::kScores);
  page("refinement.options", tr("Refinement options..."), tr("Choose how refinement learns"),
       RefinementPanel::kOptions);
}

}  // namespace purlscope::app
