#pragma once

#include <cstdint>
#include <optional>

#include "core/live/live_frame.h"

namespace purlscope::app {

/// How punctual a live source is. Plain values; one thread.
class LiveMeter {
 public:
  /// Takes in a frame, in the order of the stream.
  void see(const core::LiveFrame& frame);

  /// From the pose to its arrival here, smoothed. Seconds; negative before the first frame.
  double delay() const { return delay_; }
  /// How unevenly frames arrive: mean deviation of the gaps between arrivals from those between time stamps, smoothed
  /// (the interarrival jitter of RFC 3550, section 6.4.1). Seconds.
  double jitter() const { return jitter_; }

 private:
  struct Moment {
    double time;
    core::LiveTime received;
  };

  double delay_ = -1.0;
  double jitter_ = 0.0;
  std::optional<Moment> before_;
};

}  // namespace purlscope::app
