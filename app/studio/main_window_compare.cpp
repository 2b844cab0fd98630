// Comparing: a second clip beside the one that is shown, or the difference of two labels.
#include <QFileInfo>
#include <QInputDialog>

#include "app/studio/commands/command_table.h"
#include "app/studio/main_window.h"
#include "app/studio/session/comparison.h"
#include "app/studio/session/session.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/widgets/file_dialog.h"

namespace purlscope::app {

void MainWindow::connect_comparison() {
  view_->set_comparison(comparison_);
  connect(comparison_, &Comparison::changed, commands_, &CommandTable::refresh);
  connect(comparison_, &Comparison::changed, banner_, [this] { banner_->dismiss(Banner::Source::view); });
  connect(comparison_, &Comparison::failed, banner_,
          [this](const QString& text) { banner_->show_error(Banner::Source::view, text); });
}

void MainWindow::add_compare_commands() {
  const QString group = tr("View");
  const auto add = [&](const char* id, const QString& text, const QString& tooltip, const char* keys,
                       std::function<void()> run, std::function<bool()> enabled, std::function<bool()> checked) {
    commands_->add(group, {.id = QString::fromLatin1(id),
                           .text = text,
                           .tooltip = tooltip,
                           .keys = {QKeySequence(QString::fromLatin1(keys))},
                           .run = std::move(run),
                           .enabled = std::move(enabled),
                           .checked = std::move(checked)});
  };
  const auto has_clip = [this] {
    return view_->viewport() != nullptr && session_->clip() != nullptr && !session_->live();
  };
  add(
      "view.compare_clip", tr("Compare with clip..."),
      tr("Show a second recording beside this one, at the same time and from the same side"), "B",
      [this] { ask_for_comparison_clip(); }, has_clip, [this] { return comparison_->clip() != nullptr; });
  add(
      "view.compare_label", tr("Compare with label..."),
      tr("Colour the joints by how much more the chosen label attends to them than another label"), "V",
      [this] { ask_for_comparison_label(); },
      [this] { return session_->clip() && session_->label() && session_->labels().labels.size() > 1; },
      [this] { return comparison_->versus().has_value(); });
  add(
      "view.compare_off", tr("Stop comparing"), tr("Show the clip alone, in the colours of its label"), "Shift+B",
      [this] { comparison_->stop(); }, [this] { return comparison_->active(); }, {});
}

void MainWindow::ask_for_comparison_clip() {
  const QString folder = QFileInfo(QString::fromStdString(session_->clip()->path)).absolutePath();
  FileDialog dialog(this, tr("Compare with a recording"), folder, recording_filters());
  dialog.setFileMode(QFileDialog::ExistingFile);
  if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
  comparison_->with_clip(dialog.selectedFiles().front().toStdString());
}

void MainWindow::ask_for_comparison_label() {
  const auto& labels = session_->labels().labels;
  const std::size_t chosen = *session_->label();
  QStringList others;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i == chosen) continue;
    others.append(QString::fromStdString(labels[i].text));
    places.push_back(i);
  }
  bool accepted = false;
  const QString answer = QInputDialog::getItem(
      this, tr("Compare with a label"),
      tr("Colour the joints by the attention of “%1” less that of:").arg(QString::fromStdString(labels[chosen].text)),
      others, 0, false, &accepted);
  if (accepted) comparison_->with_label(places.at(static_cast<std::size_t>(others.indexOf(answer))));
}

}  // namespace purlscope::app
