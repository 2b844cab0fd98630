// Export: pictures, figures and tables of what is shown.
#include "app/studio/commands/command_table.h"
#include "app/studio/export/exporter.h"
#include "app/studio/export/film/film_status.h"
#include "app/studio/main_window.h"
#include "app/studio/view/status_line.h"
#include "app/studio/widgets/banner.h"

namespace purlscope::app {
namespace {

constexpr int kNewsTime = 6000;  // ms

}  // namespace

void MainWindow::make_exporter() {
  exporter_ = new Exporter({session_, player_, live_, view_, attention_, input_, why_}, &settings_, this);
  status_->addPermanentWidget(new FilmStatus(exporter_->film()));
  connect(exporter_, &Exporter::working, this, [this](const QString& text) { status_->showMessage(text, kNewsTime); });
  connect(exporter_, &Exporter::saved, this, [this](const QString& file) {
    banner_->dismiss(Banner::Source::exporting);
    status_->showMessage(tr("Saved %1").arg(file), kNewsTime);
  });
  connect(exporter_, &Exporter::failed, this, [this](const QString& text) {
    status_->clearMessage();
    banner_->show_error(Banner::Source::exporting, text);
  });
  connect(exporter_->film(), &FilmJob::busy_changed, commands_, &CommandTable::refresh);
  connect(exporter_->film(), &FilmJob::stopped, this,
          [this] { status_->showMessage(tr("The video was cancelled; no file is left of it"), kNewsTime); });
  for (const auto signal : {&Session::recognition_changed, &Session::labels_changed}) {
    connect(session_, signal, commands_, &CommandTable::refresh);
  }
}

void MainWindow::add_export_commands() {
  const QString group = tr("File");
  // The palette finds them by "export", the menu of that name shows what is exported.
  const auto add = [&](const char* id, const QString& text, const QString& shown, const QString& tooltip,
                       const char* keys, void (Exporter::*ask)(), std::function<bool()> enabled) {
    commands_->add(group, {.id = QString::fromLatin1(id),
                           .text = text,
                           .tooltip = tooltip,
                           .keys = keys != nullptr ? QList<QKeySequence>{QKeySequence(QString::fromLatin1(keys))}
                                                   : QList<QKeySequence>{},
                           .run = [this, ask] { (exporter_->*ask)(); },
                           .enabled = std::move(enabled),
                           .shown = [shown] { return shown; }});
  };
  const auto has_clip = [this] { return exporter_->has_clip(); };
  const auto has_scores = [this] { return exporter_->has_scores(); };
  add("export.picture", tr("Export picture of the view..."), tr("Picture of the view..."),
      tr("Save the 3-D view as a PNG picture of any size, also without ground"), "Ctrl+E", &Exporter::ask_for_picture,
      has_clip);
  add("export.film", tr("Export video of the view..."), tr("Video of the view..."),
      tr("Save the clip, or the part from A to B, as MP4 or GIF, coloured as it is shown"), nullptr,
      &Exporter::ask_for_film, [this] { return exporter_->has_clip() && !exporter_->film()->busy(); });
  add("export.attention", tr("Export attention matrices..."), tr("Attention matrices..."),
      tr("Save what the panel Attention shows, as a figure (SVG, PDF, PNG) or as numbers (CSV, NumPy)"), "Ctrl+Alt+E",
      &Exporter::ask_for_attention, [this] { return exporter_->has_attention(); });
  add("export.scores", tr("Export scores..."), tr("Scores..."),
      tr("Save the scores of all labels, as a figure (SVG, PDF, PNG) or as numbers (CSV, JSON)"), nullptr,
      &Exporter::ask_for_scores, has_scores);
  add("export.window", tr("Export window fed to the model..."), tr("Window fed to the model..."),
      tr("Save the joints as the model saw them, as NumPy archive or CSV; both can be opened again"), nullptr,
      &Exporter::ask_for_window, has_scores);
  add("export.report", tr("Export report of this clip..."), tr("Report of this clip..."),
      tr("Save input check, scores, sentences, attention and a picture as one HTML page"), nullptr,
      &Exporter::ask_for_report, has_clip);
}

}  // namespace purlscope::app
