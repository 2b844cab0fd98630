#pragma once

#include <memory>
#include <string>

#include "core/live/parser/parser.h"
#include "core/live/pose_source.h"
#include "core/live/stream/clock_map.h"
#include "core/live/stream/jitter_buffer.h"
#include "core/live/transport/transport.h"

namespace purlscope::core {

/// At most so many a second, with a burst.
class RateLimit {
 public:
  RateLimit(double per_second, double burst) : per_second_(per_second), burst_(burst), left_(burst) {}
  /// @return false for one too many
  bool allow(LiveTime now);

 private:
  double per_second_;
  double burst_;
  double left_;
  LiveTime last_;
};

/// A transport and a parser as a source: what every stream from outside goes through. One sender is heard at a time,
/// the first that makes sense; others are refused (counted as dropped) until it has been silent for two seconds.
/// Packets and frames beyond a rate are dropped, the sender's clock is mapped to ours, frames are put in order.
class StreamInput final : public LiveInput {
 public:
  static constexpr double kMostPackets = 2000.0;  ///< a second; a pose of VMC takes several
  static constexpr double kMostFrames = 250.0;    ///< a second
  static constexpr double kOwnerSilence = 2.0;    ///< seconds after which another sender may take over
  static constexpr double kJitter = 0.02;         ///< seconds; the default

  /// @param jitter  seconds for which frames are held to be put in order
  StreamInput(std::unique_ptr<Transport> transport, std::unique_ptr<Parser> parser, double jitter = kJitter);

  void run(LiveOutput& out, std::stop_token stop) override;

 private:
  class Receiver;
  std::unique_ptr<Transport> transport_;
  std::unique_ptr<Parser> parser_;
  double jitter_;
};

}  // namespace purlscope::core
