#pragma once

#include <deque>
#include <optional>

#include "core/live/live_frame.h"

namespace purlscope::core {

/// Brings frames back into the order of their times: each is held for a moment, so that one that was overtaken on the
/// way can take its place. Bounded: when it is full the oldest goes on at once.
class JitterBuffer {
 public:
  /// @param hold  how long after it was taken a frame is held
  explicit JitterBuffer(LiveClock::duration hold) : hold_(hold) {}

  /// @return false when the frame comes too late: later ones have gone on already
  bool add(LiveFrame frame);
  /// The next frame whose moment has come.
  std::optional<LiveFrame> take(LiveTime now);
  void clear();

  static constexpr std::size_t kMost = 64;  ///< frames

 private:
  LiveClock::duration hold_;
  std::deque<LiveFrame> frames_;  ///< by time
  double gone_ = 0.0;             ///< time of the last frame that went on
};

}  // namespace purlscope::core
