#include "core/live/stream/clock_map.h"

#include <algorithm>

namespace purlscope::core {

double ClockMap::offset() const { return std::ranges::min(buckets_, {}, &Bucket::least).least; }

void ClockMap::restart(double sender, double time, LiveTime received) {
  started_ = true;
  base_sender_ = sender;
  base_received_ = received;
  base_time_ = time;
  buckets_ = {{received, 0.0}};
}

void ClockMap::keep(double difference, LiveTime received) {
  if (seconds_between(buckets_.back().begin, received) >= 1.0) {
    buckets_.push_back({received, difference});
    if (buckets_.size() > kBuckets) buckets_.pop_front();
  }
  buckets_.back().least = std::min(buckets_.back().least, difference);
}

ClockMap::Stamp ClockMap::map(double sender, LiveTime received) {
  const bool first = !started_;
  if (first) restart(sender, 0.0, received);
  double difference = seconds_between(base_received_, received) - (sender - base_sender_);
  const bool jumped = difference < offset() - kForwardJump || difference > offset() + kBackwardJump;
  if (jumped) {  // the stream goes on by as much as has passed here
    restart(sender, last_time_ + seconds_between(last_received_, received), received);
    difference = 0.0;
  }
  keep(difference, received);
  last_received_ = received;
  last_time_ = base_time_ + (sender - base_sender_);
  return {received - live_seconds(difference - offset()), last_time_, jumped};
}

}  // namespace purlscope::core
