// Opening recordings, folders and sessions: by path, by drop, and the clips that come with the program.
#include <QDragEnterEvent>
#include <QMimeData>
#include <algorithm>

#include "app/studio/dataset/folder_jobs.h"
#include "app/studio/document/document_paths.h"
#include "app/studio/document/session_keeper.h"
#include "app/studio/live/source_words.h"
#include "app/studio/main_window.h"
#include "app/studio/panels/library/library_panel.h"
#include "app/studio/session/session.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/widgets/drop_frame.h"
#include "core/base/paths.h"

namespace purlscope::app {
namespace fs = std::filesystem;
namespace {

/// The recordings that come with the program. @throws std::exception where the installation is incomplete
std::vector<fs::path> bundled_clips() {
  std::vector<fs::path> files;
  for (const auto& item : fs::directory_iterator(core::resource("clips"))) {
    if (item.path().extension() == ".skeleton") files.push_back(item.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

void MainWindow::open_paths(const std::vector<fs::path>& paths) {
  const auto session = std::ranges::find_if(paths, is_session_file);
  if (session != paths.end()) {
    std::vector<fs::path> others = paths;
    others.erase(others.begin() + (session - paths.begin()));
    std::erase_if(others, is_session_file);  // one window shows one session
    if (!others.empty()) {
      connect(
          keeper_, &SessionKeeper::restored, this, [this, others] { open_paths(others); }, Qt::SingleShotConnection);
    }
    open_session(fs::absolute(*session).lexically_normal());
    return;
  }
  QStringList files;
  for (const fs::path& path : paths) {
    std::error_code ignored;
    const fs::path absolute = fs::absolute(path, ignored).lexically_normal();
    const QString text = QString::fromStdString(absolute.string());
    settings_.add_recent(text);
    if (is_video(text)) {
      try_source(QStringLiteral("video:") + text);
    } else if (fs::is_directory(absolute, ignored)) {
      folders_->open(absolute);
    } else {
      files.append(text);
    }
  }
  if (files.size() > 1) library_->add_files(files);  // a single one is listed once it could be read
  if (!files.isEmpty()) open_clip(files.front());
  folder_first_ = files.isEmpty() && !paths.empty();
}

std::vector<fs::path> MainWindow::list_bundled() {
  try {
    const std::vector<fs::path> files = bundled_clips();
    if (files.empty()) return {};
    const QString folder = QString::fromStdString(files.front().parent_path().string());
    library_->add_folder({tr("Bundled clips"), folder, tr("synthetic"), make_file_listing(files)});
    return files;
  } catch (const std::exception& error) {
    banner_->show_error(Banner::Source::clip, QString::fromUtf8(error.what()));
    return {};
  }
}

void MainWindow::open_bundled() {
  const std::vector<fs::path> files = list_bundled();
  if (files.empty()) return;
  std::vector<std::string> labels;
  labels.reserve(files.size());
  for (const fs::path& file : files) labels.push_back(clip_title(file).toStdString());
  if (session_->labels().labels.empty()) session_->load_labels(labels);
  // The command line asked for something else.
  if (!newest_path_.isEmpty() || folder_first_ || keeper_->busy()) return;
  open_clip(QString::fromStdString(files.front().string()));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!event->mimeData()->hasUrls()) return;
  event->acceptProposedAction();
  drop_frame_->appear();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) { drop_frame_->hide(); }

void MainWindow::dropEvent(QDropEvent* event) {
  drop_frame_->hide();
  std::vector<fs::path> paths;
  for (const QUrl& url : event->mimeData()->urls()) {
    if (url.isLocalFile()) paths.emplace_back(url.toLocalFile().toStdString());
  }
  if (paths.empty()) {
    banner_->show_error(Banner::Source::clip,
                        tr("only files and folders of this machine can be opened by dropping them."));
    return;
  }
  open_paths(paths);
  event->acceptProposedAction();
}

}  // namespace purlscope::app
