#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stop_token>
#include <vector>

#include "core/live/live_frame.h"

namespace purlscope::core {

/// The last frames of a source, for windows and recorders. Bounded in frames and in bytes: the oldest go first, and no
/// reader ever holds up the writer. Thread: any number of readers, each with a cursor of its own.
class FrameRing {
 public:
  explicit FrameRing(std::size_t most_frames = kMostFrames, std::size_t most_bytes = kMostBytes);

  void push(LiveFramePtr frame);

  /// Frames with a sequence number above `cursor`, oldest first. What is missing in front of them was let go.
  std::vector<LiveFramePtr> after(std::uint64_t cursor) const;
  /// The frames of the last `seconds` of source time, the newest included; oldest first.
  std::vector<LiveFramePtr> last(double seconds) const;
  /// Waits until there is a frame above `cursor`, the ring was closed, the time is over or the token asks to stop.
  /// @return true when there is such a frame
  bool wait_after(std::uint64_t cursor, LiveClock::duration longest, std::stop_token stop = {}) const;

  /// No frame will follow: ends all waiting.
  void close();
  bool closed() const;

  static constexpr std::size_t kMostFrames = 4096;  ///< over a minute at 60 Hz
  static constexpr std::size_t kMostBytes = std::size_t{64} << 20;

 private:
  const std::size_t most_frames_;
  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  mutable std::condition_variable_any news_;
  std::deque<LiveFramePtr> frames_;
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

}  // namespace purlscope::core
