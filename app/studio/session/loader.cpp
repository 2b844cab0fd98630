#include "app/studio/session/loader.h"

#include <QMetaObject>
#include <algorithm>

#include "app/studio/session/motion_energy.h"
#include "core/formats/registry.h"

namespace purlscope::app {
namespace fs = std::filesystem;

Loader::Loader(QObject* parent) : QObject(parent), thread_([this](const std::stop_token& stop) { run(stop); }) {}

Loader::~Loader() {
  {
    const std::lock_guard lock(mutex_);
    clip_stop_.request_stop();
  }
  thread_.request_stop();
  wake_.notify_all();
  thread_.join();
}

void Loader::open_clip(const fs::path& file) {
  {
    const std::lock_guard lock(mutex_);
    clip_stop_.request_stop();
    clip_ = file;
  }
  wake_.notify_all();
  Q_EMIT busy_changed();
}

void Loader::want_thumbnail(const fs::path& file) {
  {
    const std::lock_guard lock(mutex_);
    if (file == reading_thumbnail_ || std::find(thumbnails_.begin(), thumbnails_.end(), file) != thumbnails_.end())
      return;
    thumbnails_.push_back(file);
    if (thumbnails_.size() > kThumbnailQueue) thumbnails_.pop_front();
  }
  wake_.notify_all();
}

bool Loader::busy() const {
  const std::lock_guard lock(mutex_);
  return working_ || clip_;
}

void Loader::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, stop, [this] { return clip_ || !thumbnails_.empty(); });
    if (stop.stop_requested()) return;
    if (clip_) {
      const fs::path file = *std::exchange(clip_, std::nullopt);
      clip_stop_ = std::stop_source();
      const std::stop_token token = clip_stop_.get_token();
      working_ = true;
      lock.unlock();
      read_clip(file, token);
    } else {
      const fs::path file = thumbnails_.back();
      thumbnails_.pop_back();
      reading_thumbnail_ = file;
      lock.unlock();
      read_thumbnail(file, stop);
    }
    lock.lock();
    const bool was_working = std::exchange(working_, false);
    reading_thumbnail_.clear();
    lock.unlock();
    if (was_working) deliver([this] { Q_EMIT busy_changed(); });
  }
}

template <typename Call>
void Loader::deliver(Call call) {
  QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
}

void Loader::report_failure(const fs::path& file, const std::string& text) {
  deliver([this, path = QString::fromStdString(file.string()), text = QString::fromStdString(text)] {
    Q_EMIT clip_failed(path, text);
  });
}

void Loader::read_clip(const fs::path& file, const std::stop_token& stop) {
  try {
    core::ReadOptions options;
    options.stop = stop;
    core::ClipPtr clip = core::read_clip(file, options);
    if (clip->frames == 0) throw Error(Code::bad_format, file.string() + ": the clip has no frames; nothing to show.");
    deliver([this, clip, path = QString::fromStdString(file.string())] { Q_EMIT clip_loaded(clip, path); });
  } catch (const Error& error) {
    if (error.code() != Code::cancelled) report_failure(file, error.what());
  } catch (const std::exception& error) {  // e.g. out of memory: the program goes on
    report_failure(file, file.string() + ": reading failed: " + error.what());
  }
}

void Loader::read_thumbnail(const fs::path& file, const std::stop_token& stop) {
  auto summary = std::make_shared<ClipSummary>();
  try {
    core::ReadOptions options;
    options.stop = stop;
    const core::ClipPtr clip = core::read_clip(file, options);
    summary->sparkline = sparkline(motion_energy(*clip), kSparkBars);
    summary->duration = clip->duration();
  } catch (const std::exception&) {
    // The list stays quiet about files nobody opened; opening one shows its error. An empty picture is delivered, so
    // that the file is not asked for again.
  }
  deliver([this, summary = std::shared_ptr<const ClipSummary>(summary), path = QString::fromStdString(file.string())] {
    Q_EMIT thumbnail_ready(path, summary);
  });
}

}  // namespace purlscope::app
