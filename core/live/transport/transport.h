#pragma once

#include <stop_token>
#include <string_view>

#include "core/live/live_frame.h"
#include "core/live/pose_source.h"

namespace purlscope::core {

/// What a transport brought in one piece: a datagram, a message.
struct Packet {
  std::string_view bytes;   ///< valid during the call alone
  std::string_view sender;  ///< tells senders apart: "127.0.0.1:51234"
  LiveTime received;
};

/// Takes what a transport brings. Called on the transport's thread; must not throw.
class PacketReceiver {
 public:
  virtual ~PacketReceiver() = default;
  virtual void on_packet(const Packet& packet) = 0;
  /// Comes every few milliseconds, for what waits for its time.
  virtual void on_tick(LiveTime now) = 0;
};

/// Brings packets and knows nothing of what is in them.
class Transport {
 public:
  virtual ~Transport() = default;
  /// Receives until the stop request; tells `out` how the connection is.
  /// @throws Error{Code::io} when it cannot listen at its address
  virtual void run(PacketReceiver& receiver, LiveOutput& out, std::stop_token stop) = 0;
};

}  // namespace purlscope::core
