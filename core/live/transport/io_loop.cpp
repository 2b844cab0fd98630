#include "core/live/transport/io_loop.h"

#include <fmt/format.h>

#include <boost/asio/steady_timer.hpp>
#include <functional>

#include "core/base/error.h"

namespace purlscope::core {
namespace asio = boost::asio;
namespace {

constexpr auto kTick = std::chrono::milliseconds(5);

}  // namespace

void run_io(asio::io_context& io, PacketReceiver& receiver, const std::stop_token& stop) {
  asio::steady_timer timer(io);
  std::function<void()> wait = [&] {
    timer.expires_after(kTick);
    timer.async_wait([&](const boost::system::error_code& failure) {
      if (failure) return;
      receiver.on_tick(LiveClock::now());
      wait();
    });
  };
  wait();
  const std::stop_callback quit(stop, [&] { io.stop(); });
  io.run();
}

asio::ip::address listening_address(const HostPort& place) {
  if (place.host == "localhost") return asio::ip::make_address("127.0.0.1");
  boost::system::error_code failure;
  const auto address = asio::ip::make_address(place.host, failure);
  if (!failure) return address;
  throw Error(Code::bad_argument, fmt::format("'{}': expected an address of this machine to listen at: 127.0.0.1 for "
                                              "senders on this machine, 0.0.0.0 for all networks",
                                              place.host));
}

}  // namespace purlscope::core
