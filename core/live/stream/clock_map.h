#pragma once

#include <deque>

#include "core/live/live_frame.h"

namespace purlscope::core {

/// Maps a sender's clock to ours without its help. The delay on the way is never negative, so the least difference of
/// receive time and time stamp over the last ten seconds belongs to the fastest packet and is taken as the offset of
/// the clocks (minimum filter, as in NTP's clock filter, RFC 5905); what a packet takes longer is its latency.
/// Jumps of the sender's clock are found and bridged.
class ClockMap {
 public:
  struct Stamp {
    LiveTime taken;       ///< on our clock, at most the receive time
    double time = 0.0;    ///< seconds of the stream, from 0; goes on over jumps
    bool jumped = false;  ///< the sender's clock has jumped since the last packet
  };

  static constexpr double kForwardJump = 0.5;   ///< seconds by which a packet may be earlier than any before
  static constexpr double kBackwardJump = 2.0;  ///< seconds by which a packet may be later than the fastest

  /// @param sender  seconds of the sender's clock, finite
  Stamp map(double sender, LiveTime received);
  void reset() { *this = ClockMap(); }

 private:
  /// The least difference within one second.
  struct Bucket {
    LiveTime begin;
    double least;
  };

  double offset() const;
  void restart(double sender, double time, LiveTime received);
  void keep(double difference, LiveTime received);

  static constexpr std::size_t kBuckets = 10;

  bool started_ = false;
  double base_sender_ = 0.0;  ///< sender's time at `base_received_`
  LiveTime base_received_;
  double base_time_ = 0.0;  ///< stream's time at `base_sender_`
  LiveTime last_received_;
  double last_time_ = 0.0;
  std::deque<Bucket> buckets_;  ///< differences receive time - time stamp, relative to the base
};

}  // namespace purlscope::core
