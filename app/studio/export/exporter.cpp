#include "app/studio/export/exporter.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <memory>
#include <utility>

#include "app/studio/document/background.h"
#include "app/studio/export/attention_export.h"
#include "app/studio/export/clip_report.h"
#include "app/studio/export/film/shot_dialogs.h"
#include "app/studio/live/live_session.h"
#include "app/studio/panels/attention/attention_panel.h"
#include "app/studio/panels/input_panel.h"
#include "app/studio/panels/why/why_panel.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/session/settings.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/widgets/file_dialog.h"
#include "core/base/error.h"
#include "core/formats/numpy/npz_writer.h"
#include "core/formats/writer_registry.h"
#include "core/skeleton/window_clip.h"

namespace purlscope::app {
namespace fs = std::filesystem;
namespace {

FileKind png_kind() { return {Exporter::tr("PNG picture"), QStringLiteral(".png")}; }
FileKind svg_kind() { return {Exporter::tr("SVG drawing"), QStringLiteral(".svg")}; }
FileKind pdf_kind() { return {Exporter::tr("PDF page"), QStringLiteral(".pdf")}; }
FileKind csv_kind() { return {Exporter::tr("CSV table"), QStringLiteral(".csv")}; }
FileKind npz_kind() { return {Exporter::tr("NumPy arrays"), QStringLiteral(".npz")}; }
FileKind json_kind() { return {Exporter::tr("JSON document"), QStringLiteral(".json")}; }
FileKind mp4_kind() { return {Exporter::tr("MP4 video"), QStringLiteral(".mp4")}; }
FileKind gif_kind() { return {Exporter::tr("GIF animation"), QStringLiteral(".gif")}; }
FileKind html_kind() { return {Exporter::tr("HTML page"), QStringLiteral(".html")}; }

constexpr QSize kPageView{1104, 690};  // pixels of the view's picture in a report

QString text_of(const fs::path& path) { return QString::fromStdString(path.string()); }

/// The message, with what to do where it has only the system's words.
QString words_of(const Error& error) {
  const QString text = QString::fromUtf8(error.what());
  if (error.code() != Code::io) return text;
  return Exporter::tr("%1. Choose another folder, or make room on the disk, and export again.").arg(text);
}

}  // namespace

Exporter::Exporter(const ExportSources& sources, Settings* settings, QWidget* window)
    : QObject(window),
      sources_(sources),
      settings_(settings),
      window_(window),
      film_(new FilmJob(this)),
      files_(new Background(this)) {
  connect(film_, &FilmJob::finished, this, &Exporter::saved);
  connect(film_, &FilmJob::failed, this, &Exporter::failed);
}

Exporter::~Exporter() = default;

bool Exporter::has_clip() const { return sources_.session->clip() != nullptr; }

bool Exporter::has_scores() const {
  return has_clip() && sources_.session->recognition() != nullptr && !sources_.session->recognition()->labels.empty();
}

bool Exporter::has_attention() const { return has_clip() && sources_.attention->shown().has_value(); }

QString Exporter::recording() const { return QString::fromStdString(sources_.session->clip()->name); }

QString Exporter::label() const {
  const auto label = sources_.session->label();
  return label ? QString::fromStdString(sources_.session->labels().labels[*label].text) : QString();
}

QSize Exporter::view_pixels() const {
  const auto* view = static_cast<const QWidget*>(sources_.view);
  return (QSizeF(view->size()) * view->devicePixelRatioF()).toSize();
}

std::optional<ViewContent> Exporter::view_content() {
  try {
    return sources_.view->content();
  } catch (const Error& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
    return std::nullopt;
  }
}

void Exporter::ask_for_file(const QString& title, const QString& name, const std::vector<FileKind>& kinds,
                            std::function<void(const fs::path&)> then) {
  QString folder = settings_->export_folder();
  if (folder.isEmpty() || !QFileInfo(folder).isDir()) {
    folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  }
  auto* dialog = new FileDialog(window_, title, folder, file_filters(kinds));
  dialog->setFileMode(QFileDialog::AnyFile);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(kinds.front().ending.mid(1));
  dialog->selectFile(name + kinds.front().ending);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, kinds](const QString& filter) {
    for (const FileKind& kind : kinds) {
      if (!filter.contains(QLatin1Char('*') + kind.ending)) continue;
      dialog->setDefaultSuffix(kind.ending.mid(1));
      const QStringList chosen = dialog->selectedFiles();
      if (!chosen.isEmpty()) dialog->selectFile(QFileInfo(chosen.front()).completeBaseName() + kind.ending);
    }
  });
  connect(dialog, &QFileDialog::fileSelected, this, [this, kinds, then = std::move(then)](const QString& file) {
    settings_->set_export_folder(QFileInfo(file).absolutePath());
    try {
      check_ending(file.toStdString(), kinds);
    } catch (const Error& error) {
      Q_EMIT failed(QString::fromUtf8(error.what()));
      return;
    }
    then(file.toStdString());
  });
  dialog->open();
}

void Exporter::ask_and_write(const QString& title, const QString& name, const std::vector<FileKind>& kinds,
                             Write write) {
  ask_for_file(title, name, kinds, [this, write = std::move(write)](const fs::path& file) { run(file, write); });
}

void Exporter::run(const fs::path& file, const Write& write) {
  Q_EMIT working(tr("Saving %1...").arg(text_of(file.filename())));
  const auto problem = std::make_shared<QString>();
  files_->run(
      [file, write, problem] {
        try {
          write(file);
        } catch (const Error& error) {
          *problem = words_of(error);
        } catch (const std::exception& error) {  // e.g. out of memory: the program goes on
          *problem = QString::fromUtf8(error.what());
        }
      },
      [this, file, problem] {
        if (problem->isEmpty()) {
          Q_EMIT saved(text_of(file));
        } else {
          Q_EMIT failed(*problem);
        }
      });
}

void Exporter::ask_for_picture() {
  std::optional<ViewContent> content = view_content();
  if (!content) return;
  const double time = sources_.player->time();
  const QString name = export_name(recording(), {label(), tr("view")});
  auto* dialog = new PictureDialog(view_pixels(), last_picture_, window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog, content = *std::move(content), time, name] {
    const Shot shot = dialog->chosen();
    last_picture_ = shot;
    ask_and_write(tr("Save the picture as"), name, {png_kind()}, [content, shot, time](const fs::path& file) {
      render::write_png(ShotArtist(content, shot).draw(time), file);
    });
  });
  dialog->open();
}

void Exporter::ask_for_film() {
  std::optional<ViewContent> content = view_content();
  if (!content || film_->busy()) return;
  const PlaybackClock& clock = sources_.player->clock();
  std::optional<core::TimeSpan> marked;
  if (clock.a() || clock.b()) marked = core::TimeSpan{clock.a().value_or(0.0), clock.b().value_or(clock.duration())};
  const QString name = export_name(recording(), {label(), tr("video")});
  auto* dialog =
      new FilmDialog(view_pixels(), clock.duration(), marked, sources_.session->clip()->rate(), last_film_, window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog, content = *std::move(content), name] {
    const Shot shot = dialog->shot();
    const FilmPart part = dialog->part();
    last_film_ = shot;
    ask_for_file(tr("Save the video as"), name, {mp4_kind(), gif_kind()},
                 [this, content, shot, part](const fs::path& file) {
                   film_->start(content, shot,
                                {.file = file,
                                 .fps = part.fps,
                                 .begin = part.part.begin,
                                 .frames = render::film_frames(part.part.end - part.part.begin, part.fps)});
                 });
  });
  dialog->open();
}

void Exporter::ask_for_attention() {
  const std::optional<ShownAttention> shown = sources_.attention->shown();
  if (!shown) return;
  const QString kind = shown->contribution ? tr("contribution") : tr("attention");
  ask_and_write(tr("Save the attention matrices as"), export_name(recording(), {label(), kind}),
                {svg_kind(), pdf_kind(), png_kind(), csv_kind(), npz_kind()},
                [shown = *shown, name = recording()](const fs::path& file) {
                  const QString ending = ending_of(file);
                  if (ending == QStringLiteral(".csv"))
                    return write_whole(file, attention_csv(shown, name.toStdString()));
                  if (ending == QStringLiteral(".npz"))
                    return core::write_npz(file, attention_npz(shown, name.toStdString()));
                  write_whole(file, figure_bytes(matrix_figure(attention_figure(shown, name)), ending));
                });
}

ShownScores Exporter::shown_scores() const {
  const Session& session = *sources_.session;
  ShownScores shown;
  shown.recording = session.clip()->name;
  const core::RecognitionPtr& now = session.recognition();
  const double origin = session.live() ? session.origin() + session.recognition_start() : 0.0;
  shown.now = {origin + now->window.begin, origin + now->window.end, now};
  if (session.live()) {
    const auto& windows = sources_.live->history().windows();
    shown.windows.assign(windows.begin(), windows.end());
  }
  return shown;
}

void Exporter::ask_for_scores() {
  if (!has_scores()) return;
  ask_and_write(tr("Save the scores as"), export_name(recording(), {tr("scores")}),
                {svg_kind(), pdf_kind(), png_kind(), csv_kind(), json_kind()},
                [shown = shown_scores()](const fs::path& file) {
                  const QString ending = ending_of(file);
                  if (ending == QStringLiteral(".csv")) return write_whole(file, scores_csv(shown));
                  if (ending == QStringLiteral(".json")) return write_whole(file, scores_json(shown));
                  write_whole(file, figure_bytes(score_figure(scores_figure(shown)), ending));
                });
}

void Exporter::ask_for_window() {
  if (!has_scores()) return;
  ask_and_write(tr("Save the window fed to the model as"), export_name(recording(), {tr("window")}),
                {npz_kind(), csv_kind()}, [now = sources_.session->recognition()](const fs::path& file) {
                  core::write_clip(core::clip_of(now->window), file);
                });
}

void Exporter::ask_for_report() {
  if (!has_clip()) return;
  const std::optional<ViewContent> content = view_content();
  if (!content) return;
  ClipReport report;
  report.recording = recording();
  report.input = sources_.input->facts();
  report.labels = sources_.session->labels();
  if (has_scores()) {
    report.recognition = sources_.session->recognition();
    report.scores = score_figure(scores_figure(shown_scores()));
    report.why = sources_.why->table();
  }
  if (const auto shown = sources_.attention->shown()) {
    report.attention = matrix_figure(attention_figure(*shown, report.recording));
  }
  ask_and_write(tr("Save the report as"), export_name(recording(), {tr("report")}), {html_kind()},
                [report, content = *content, time = sources_.player->time()](const fs::path& file) {
                  std::string png;
                  QString reason;
                  try {
                    const Shot shot{kPageView.width(), kPageView.height()};
                    png = render::encode_png(ShotArtist(content, shot).draw(time));
                  } catch (const Error& error) {  // a report without its picture is still one
                    reason = tr("There is no picture of the view: %1").arg(QString::fromUtf8(error.what()));
                  }
                  write_whole(file, report_html(report, png, reason));
                });
}

}  // namespace purlscope::app
