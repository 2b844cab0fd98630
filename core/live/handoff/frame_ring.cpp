#include "core/live/handoff/frame_ring.h"

#include <algorithm>

namespace purlscope::core {
namespace {

std::size_t bytes_of(const LiveFrame& frame) {
  std::size_t bytes = sizeof(LiveFrame);
  for (const LivePerson& person : frame.persons) {
    bytes += sizeof(LivePerson) + person.id.size() + person.joints.size() * sizeof(Vec3) + person.state.size() +
             person.confidence.size() * sizeof(float);
  }
  return bytes;
}

}  // namespace

FrameRing::FrameRing(std::size_t most_frames, std::size_t most_bytes)
    : most_frames_(std::max<std::size_t>(most_frames, 1)), most_bytes_(most_bytes) {}

void FrameRing::push(LiveFramePtr frame) {
  std::vector<LiveFramePtr> gone;  // freed after the lock
  {
    const std::lock_guard lock(mutex_);
    bytes_ += bytes_of(*frame);
    frames_.push_back(std::move(frame));
    while (frames_.size() > most_frames_ || (bytes_ > most_bytes_ && frames_.size() > 1)) {
      bytes_ -= bytes_of(*frames_.front());
      gone.push_back(std::move(frames_.front()));
      frames_.pop_front();
    }
  }
  news_.notify_all();
}

std::vector<LiveFramePtr> FrameRing::after(std::uint64_t cursor) const {
  const std::lock_guard lock(mutex_);
  const auto first = std::ranges::upper_bound(frames_, cursor, {}, [](const LiveFramePtr& f) { return f->sequence; });
  return {first, frames_.end()};
}

std::vector<LiveFramePtr> FrameRing::last(double seconds) const {
  const std::lock_guard lock(mutex_);
  if (frames_.empty()) return {};
  const double begin = frames_.back()->time - seconds;
  const auto first = std::ranges::lower_bound(frames_, begin, {}, [](const LiveFramePtr& f) { return f->time; });
  return {first, frames_.end()};
}

bool FrameRing::wait_after(std::uint64_t cursor, LiveClock::duration longest, std::stop_token stop) const {
  std::unique_lock lock(mutex_);
  const auto has_news = [&] { return !frames_.empty() && frames_.back()->sequence > cursor; };
  news_.wait_for(lock, stop, longest, [&] { return closed_ || has_news(); });
  return has_news();
}

void FrameRing::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  news_.notify_all();
}

bool FrameRing::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

}  // namespace purlscope::core
