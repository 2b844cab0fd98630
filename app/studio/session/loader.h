#pragma once

#include <QObject>
#include <QString>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::app {

/// What a thumbnail shows: known only once the file has been read.
struct ClipSummary {
  std::vector<float> sparkline;  ///< motion energy, 0 to 1
  double duration = 0;           ///< seconds
};

/// Reads files on a thread of its own. The clip asked for last wins and goes before thumbnails. Answers arrive as
/// signals on the UI thread. Thread: UI.
class Loader : public QObject {
  Q_OBJECT

 public:
  explicit Loader(QObject* parent = nullptr);
  ~Loader() override;

  /// Cancels the clip being opened, if any.
  void open_clip(const std::filesystem::path& file);
  /// Newest asked first; only the last kThumbnailQueue wishes are kept (rows scrolled away are not worth reading).
  void want_thumbnail(const std::filesystem::path& file);
  /// True while a clip is being read; thumbnails do not count.
  bool busy() const;

  static constexpr std::size_t kThumbnailQueue = 64;  ///< wishes
  static constexpr std::size_t kSparkBars = 18;       ///< points of a thumbnail

 Q_SIGNALS:
  void clip_loaded(core::ClipPtr clip, const QString& path);
  void thumbnail_ready(const QString& path, std::shared_ptr<const ClipSummary> summary);
  /// The text names file and place, what was found and what was expected.
  void clip_failed(const QString& path, const QString& text);
  void busy_changed();

 private:
  void run(const std::stop_token& stop);
  void read_clip(const std::filesystem::path& file, const std::stop_token& stop);
  void read_thumbnail(const std::filesystem::path& file, const std::stop_token& stop);
  /// Calls `call` on the UI thread.
  template <typename Call>
  void deliver(Call call);
  void report_failure(const std::filesystem::path& file, const std::string& text);

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::optional<std::filesystem::path> clip_;
  std::deque<std::filesystem::path> thumbnails_;
  std::filesystem::path reading_thumbnail_;
  std::stop_source clip_stop_;
  bool working_ = false;  // on a clip
  std::jthread thread_;   // last: joins before the queues go
};

}  // namespace purlscope::app
