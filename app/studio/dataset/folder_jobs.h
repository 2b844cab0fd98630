#pragma once

#include <QObject>
#include <QString>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/studio/dataset/folder_listing.h"
#include "core/base/progress.h"

namespace purlscope::app {

/// How far the job on a folder is.
struct FolderProgress {
  QString text;                ///< "Checking NW-UCLA"
  double fraction = -1.0;      ///< 0 to 1, negative when unknown
  std::size_t done = 0;        ///< files or clips
  std::size_t total = 0;       ///< 0 when unknown
  double rate = 0.0;           ///< files or clips a second, 0 when unknown
  double seconds_left = -1.0;  ///< negative when unknown
};

/// Indexes folders and reads their clips for the check, one job after the other on a thread of its own. Answers arrive
/// as signals on the UI thread. Thread: UI.
class FolderJobs : public QObject {
  Q_OBJECT

 public:
  explicit FolderJobs(QObject* parent = nullptr);
  ~FolderJobs() override;

  /// Lists a folder; what the index cache knows of it is taken over.
  void open(const std::filesystem::path& named);
  /// Reads every clip that has not been read yet; what it learns stays in the index cache, also when it is cancelled.
  void check(const FolderListingPtr& listing);
  /// Ends the job at work; those that wait go on.
  void cancel();
  bool busy() const;

 Q_SIGNALS:
  void listed(const FolderListingPtr& listing);
  /// The folder is one recording (OpenPose's frames), not a set of them.
  void is_recording(const QString& path);
  /// All clips are read; a new listing of the same folder.
  void checked(const FolderListingPtr& listing);
  /// The text names file and place, what was found and what was expected.
  void failed(const QString& path, const QString& text);
  void progressed(const FolderProgress& progress);
  void busy_changed();

 private:
  using Job = std::function<void(const std::stop_token&)>;

  void add(const std::filesystem::path& folder, Job job);
  void run(const std::stop_token& stop);
  void work(const std::filesystem::path& folder, const Job& job, const std::stop_token& stop);
  void index(const std::filesystem::path& folder, const std::stop_token& stop);
  void read_clips(const FolderListing& listing, const std::stop_token& stop);
  /// Makes reports rare enough for the UI thread and adds rate and time left.
  core::ProgressFn reporter(const QString& text);
  /// Calls `call` on the UI thread.
  template <typename Call>
  void deliver(Call call);

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<std::pair<std::filesystem::path, Job>> jobs_;
  std::stop_source job_stop_;
  bool working_ = false;
  std::jthread thread_;  // last: joins before the queue goes
};

}  // namespace purlscope::app
