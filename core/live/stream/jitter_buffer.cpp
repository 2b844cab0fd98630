#include "core/live/stream/jitter_buffer.h"

#include <algorithm>

namespace purlscope::core {

bool JitterBuffer::add(LiveFrame frame) {
  if (frame.time < gone_) return false;
  const auto place = std::ranges::upper_bound(frames_, frame.time, {}, &LiveFrame::time);
  frames_.insert(place, std::move(frame));
  return true;
}

std::optional<LiveFrame> JitterBuffer::take(LiveTime now) {
  if (frames_.empty() || (frames_.size() <= kMost && frames_.front().taken + hold_ > now)) return std::nullopt;
  LiveFrame frame = std::move(frames_.front());
  frames_.pop_front();
  gone_ = frame.time;
  return frame;
}

void JitterBuffer::clear() {
  frames_.clear();
  gone_ = 0.0;
}

}  // namespace purlscope::core
