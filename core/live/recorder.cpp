#include "core/live/recorder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/formats/purlrec.h"

namespace purlscope::core {
namespace {

constexpr auto kFlushEvery = std::chrono::milliseconds(250);
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

bool same_layout(const JointLayout& a, const JointLayout& b) {
  return &a == &b || (a.id == b.id && a.joints == b.joints && a.parent == b.parent);
}

}  // namespace

struct Recorder::Impl {
  Impl(const PoseSource& from, std::filesystem::path to) : source(from), file(std::move(to)) {
    descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) {
      throw Error(Code::io,
                  fmt::format("{}: {}; choose a place that you may write to", file.string(), std::strerror(errno)));
    }
    thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }

  void run(const std::stop_token& stop) {
    std::mutex unused;
    std::condition_variable_any pause;
    bool last = false;
    while (!last) {
      last = stop.stop_requested();
      try {
        flush();
      } catch (const std::exception& error) {
        log(LogLevel::error, fmt::format("recording ended: {}", error.what()));
        const std::lock_guard lock(mutex);
        status.error = error.what();
        return;
      }
      std::unique_lock lock(unused);
      if (!last) pause.wait_for(lock, stop, kFlushEvery, [] { return false; });
    }
  }

  /// Writes the frames that came since the last call.
  void flush() {
    const std::vector<LiveFramePtr> frames = source.frames().after(cursor);
    if (frames.empty()) return;
    std::uint64_t written = 0;
    std::uint64_t skipped = frames.front()->sequence - cursor - 1;
    cursor = frames.back()->sequence;
    if (!layout) {
      layout = frames.front()->layout;
      write(purlrec_head({layout, std::nullopt, "m", {}, {}, {}, {{"source", source.uri()}}}));
    }
    for (const LiveFramePtr& frame : frames) {
      if (!same_layout(*frame->layout, *layout)) {
        ++skipped;
        continue;
      }
      persons.clear();
      for (const LivePerson& person : frame->persons) {
        persons.push_back({person.id, person.joints, person.state, person.confidence});
      }
      block.add(frame->time, persons);
      ++written;
      if (block.bytes() > kBlockBytes) write(block.take());
    }
    write(block.take());
    const std::lock_guard lock(mutex);
    status.frames += written;
    status.skipped += skipped;
  }

  void write(const std::string& bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t count = ::write(descriptor, bytes.data() + done, bytes.size() - done);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) throw Error(Code::io, fmt::format("{}: {}", file.string(), std::strerror(errno)));
      done += static_cast<std::size_t>(count);
    }
    const std::lock_guard lock(mutex);
    status.bytes += bytes.size();
  }

  void stop() {
    const std::lock_guard turn(stopping);
    if (descriptor < 0) return;
    thread.request_stop();
    thread.join();
    close(std::exchange(descriptor, -1));
    std::error_code ignored;
    if (!layout) std::filesystem::remove(file, ignored);
  }

  const PoseSource& source;
  const std::filesystem::path file;
  int descriptor = -1;
  // The thread's alone.
  std::uint64_t cursor = 0;
  std::shared_ptr<const JointLayout> layout;
  PurlrecBlock block;
  std::vector<PurlrecPerson> persons;

  mutable std::mutex mutex;
  RecorderStatus status;
  std::mutex stopping;
  std::jthread thread;  ///< last member: starts when all others exist
};

Recorder::Recorder(const PoseSource& source, std::filesystem::path file)
    : impl_(std::make_unique<Impl>(source, std::move(file))) {}

Recorder::~Recorder() { stop(); }

void Recorder::stop() { impl_->stop(); }

RecorderStatus Recorder::status() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->status;
}

}  // namespace purlscope::core
