#include "core/live/pose_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/base/error.h"
#include "core/base/finite.h"
#include "core/base/log.h"
#include "core/live/handoff/mailbox.h"

namespace purlscope::core {
namespace {

constexpr auto kLongestJoin = std::chrono::seconds(2);
constexpr double kStalledAfter = 1.0;  // seconds
constexpr double kRateSpan = 2.0;      // seconds
constexpr std::size_t kMostStamps = 1024;

/// Marks joints that are not finite as missing; missing ones are zero.
void mend(LivePerson& person) {
  for (std::size_t j = 0; j < person.joints.size(); ++j) {
    Vec3& joint = person.joints[j];
    if (person.state[j] == JointState::missing) joint = {};
    keep_if_finite(joint, person.state[j]);
  }
}

/// Why a frame cannot be handed on. Empty = it can.
std::string fault_of(const LiveFrame& frame) {
  if (!frame.layout) return "a frame without a joint layout";
  const std::size_t joints = frame.layout->size();
  for (const LivePerson& person : frame.persons) {
    if (person.joints.size() == joints && person.state.size() == joints &&
        (person.confidence.empty() || person.confidence.size() == joints)) {
      continue;
    }
    return fmt::format("a person with {} joints, layout {} has {}", person.joints.size(), frame.layout->id, joints);
  }
  return {};
}

}  // namespace

const char* source_state_name(SourceState state) {
  switch (state) {
    case SourceState::idle:
      return "idle";
    case SourceState::opening:
      return "opening";
    case SourceState::waiting:
      return "waiting";
    case SourceState::live:
      return "live";
    case SourceState::stalled:
      return "stalled";
    case SourceState::connecting:
      return "connecting";
    case SourceState::ended:
      return "ended";
    case SourceState::failed:
      return "failed";
  }
  return "";
}

struct PoseSource::Shared final : LiveOutput {
  void publish(LiveFrame frame) override {
    if (const std::string fault = fault_of(frame); !fault.empty()) return count_bad(fault);
    std::ranges::for_each(frame.persons, mend);
    const LiveTime now = LiveClock::now();
    if (frame.received == LiveTime()) frame.received = now;
    if (frame.taken == LiveTime()) frame.taken = frame.received;
    frame.taken = std::min(frame.taken, frame.received);
    const std::lock_guard turn(publishing);
    {
      const std::lock_guard lock(mutex);
      frame.sequence = ++status.received;
      frame.time = latest_time = std::isfinite(frame.time) ? std::max(latest_time, frame.time) : latest_time;
      status.state = SourceState::live;
      stamps.push_back(now);
      if (stamps.size() > kMostStamps) stamps.pop_front();
    }
    const auto shared = std::make_shared<const LiveFrame>(std::move(frame));
    newest.put(shared);
    ring.push(shared);
  }

  void count_bad(const std::string& why) override {
    const std::lock_guard lock(mutex);
    if (status.bad++ == 0) status.first_bad = why;
    status.last_error = why;
  }

  void count_dropped(std::uint64_t frames) override {
    const std::lock_guard lock(mutex);
    status.dropped += frames;
  }

  void count_reconnect() override {
    const std::lock_guard lock(mutex);
    ++status.reconnects;
  }

  void set_state(SourceState state, std::string text) override {
    const std::lock_guard lock(mutex);
    status.state = state;
    status.text = std::move(text);
  }

  void set_error(std::string what) override {
    const std::lock_guard lock(mutex);
    status.last_error = std::move(what);
  }

  /// The thread's body. Holds `self` so that a thread that is left behind finds everything in place.
  static void run(const std::shared_ptr<Shared>& self, const std::stop_token& stop) {
    std::string fault;
    try {
      self->input->run(*self, stop);
    } catch (const std::exception& error) {
      fault = error.what();
    } catch (...) {
      fault = "unexpected exception of unknown type";
    }
    {
      const std::lock_guard lock(self->mutex);
      const bool failed = !fault.empty() && !stop.stop_requested();
      if (failed) {
        self->status.text = self->status.last_error = fault;
      } else if (self->status.state != SourceState::ended) {
        self->status.text = "stopped";
      }
      self->status.state = failed ? SourceState::failed : SourceState::ended;
      self->finished = true;
    }
    self->ring.close();
    self->done.notify_all();
  }

  std::unique_ptr<LiveInput> input;
  FrameRing ring;
  Mailbox<LiveFramePtr> newest;
  std::mutex publishing;  ///< frames reach ring and mailbox in the order of their numbers
  mutable std::mutex mutex;
  std::condition_variable done;
  SourceStatus status;
  std::deque<LiveTime> stamps;  ///< of the newest frames
  double latest_time = 0.0;
  bool finished = false;
  std::mutex control;  ///< guards start and stop
  std::jthread thread;
};

PoseSource::PoseSource(std::string uri, std::unique_ptr<LiveInput> input)
    : uri_(std::move(uri)), shared_(std::make_shared<Shared>()) {
  shared_->input = std::move(input);
}

PoseSource::~PoseSource() { stop(); }

void PoseSource::start() {
  const std::lock_guard control(shared_->control);
  {
    const std::lock_guard lock(shared_->mutex);
    if (shared_->status.state != SourceState::idle) return;
    shared_->status.state = SourceState::opening;
    shared_->status.text = "opening " + uri_;
  }
  shared_->thread = std::jthread([shared = shared_](const std::stop_token& stop) { Shared::run(shared, stop); });
}

void PoseSource::stop() {
  const std::lock_guard control(shared_->control);
  if (!shared_->thread.joinable()) return;
  shared_->thread.request_stop();
  std::unique_lock lock(shared_->mutex);
  const bool finished = shared_->done.wait_for(lock, kLongestJoin, [&] { return shared_->finished; });
  lock.unlock();
  if (finished) {
    shared_->thread.join();
    return;
  }
  log(LogLevel::error, fmt::format("{}: does not answer, its thread is left behind", uri_));
  shared_->thread.detach();
  shared_->ring.close();
}

SourceStatus PoseSource::status() const {
  const std::lock_guard lock(shared_->mutex);
  SourceStatus status = shared_->status;
  const std::deque<LiveTime>& stamps = shared_->stamps;
  if (stamps.empty()) return status;
  const LiveTime now = LiveClock::now();
  const auto first = std::ranges::lower_bound(stamps, now - live_seconds(kRateSpan));
  const auto count = stamps.end() - first;
  const double span = count > 1 ? seconds_between(*first, stamps.back()) : 0.0;
  if (span > 0.0) status.rate = static_cast<double>(count - 1) / span;
  const double silent = seconds_between(stamps.back(), now);
  if (status.state == SourceState::live && silent > kStalledAfter) {
    status.state = SourceState::stalled;
    status.text = fmt::format("no frame for {:.1f} s", silent);
  }
  return status;
}

const FrameRing& PoseSource::frames() const { return shared_->ring; }

bool PoseSource::take_newest(LiveFramePtr& frame) { return shared_->newest.take(frame); }

}  // namespace purlscope::core
