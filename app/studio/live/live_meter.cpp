#include "app/studio/live/live_meter.h"

#include <cmath>

namespace purlscope::app {
namespace {

constexpr double kShare = 1.0 / 16.0;  ///< of the newest frame, as RFC 3550 has it

}  // namespace

void LiveMeter::see(const core::LiveFrame& frame) {
  const double delay = core::seconds_between(frame.taken, frame.received);
  delay_ = delay_ < 0.0 ? delay : delay_ + kShare * (delay - delay_);
  if (before_) {
    const double arrived = core::seconds_between(before_->received, frame.received);
    jitter_ += kShare * (std::abs(arrived - (frame.time - before_->time)) - jitter_);
  }
  before_ = Moment{frame.time, frame.received};
}

}  // namespace purlscope::app
