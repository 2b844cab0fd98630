#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// Our clock for everything live: never set, never jumps.
using LiveClock = std::chrono::steady_clock;
using LiveTime = LiveClock::time_point;

/// Seconds from `from` to `to`.
inline double seconds_between(LiveTime from, LiveTime to) { return std::chrono::duration<double>(to - from).count(); }
/// A span of seconds on our clock.
inline LiveClock::duration live_seconds(double seconds) {
  return std::chrono::duration_cast<LiveClock::duration>(std::chrono::duration<double>(seconds));
}

/// One body in one live frame.
struct LivePerson {
  std::string id;                 ///< the sender's, or a tracker's; stable while the body stays in view
  std::vector<Vec3> joints;       ///< [J] metres, y up, as in Person
  std::vector<JointState> state;  ///< [J]
  std::vector<float> confidence;  ///< [J] 0 to 1; empty when the source gives none
};

/// One moment of a live source. Immutable once published: shared as LiveFramePtr.
struct LiveFrame {
  std::uint64_t sequence = 0;  ///< 1, 2, 3, ... as published; a gap means that the ring has let go of frames
  /// Seconds of the source's own time since its first frame, never falling: windows and recordings are cut by it. Runs
  /// faster than our clock where a file is replayed faster.
  double time = 0.0;
  LiveTime taken;     ///< when the pose was taken (or, in a replay, due), mapped to our clock; at most `received`
  LiveTime received;  ///< when the frame came in
  std::shared_ptr<const JointLayout> layout;
  std::vector<LivePerson> persons;  ///< nobody in view = empty
  bool reduced_accuracy = false;    ///< 2-D input, or depth guessed from one camera
};

using LiveFramePtr = std::shared_ptr<const LiveFrame>;

}  // namespace purlscope::core
