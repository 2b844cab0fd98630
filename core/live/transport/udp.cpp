#include "core/live/transport/udp.h"

#include <fmt/format.h>

#include <array>
#include <boost/asio/ip/udp.hpp>

#include "core/base/error.h"
#include "core/live/transport/io_loop.h"

namespace purlscope::core {
namespace asio = boost::asio;
namespace {

using asio::ip::udp;

constexpr std::size_t kLargestDatagram = 65536;
constexpr int kKernelBuffer = 1 << 20;  // bytes, for half a second of a fast sender

class Udp final : public Transport {
 public:
  explicit Udp(udp::endpoint place) : place_(std::move(place)) {}

  void run(PacketReceiver& receiver, LiveOutput& out, std::stop_token stop) override {
    asio::io_context io;
    udp::socket socket(io);
    boost::system::error_code failure;
    socket.open(place_.protocol(), failure);
    if (!failure) socket.bind(place_, failure);
    if (failure) {
      throw Error(Code::io, fmt::format("udp {}: {}; another program may listen there: choose another port", name(),
                                        failure.message()));
    }
    socket.set_option(asio::socket_base::receive_buffer_size(kKernelBuffer), failure);  // the default will do too
    out.set_state(SourceState::waiting, fmt::format("listening on udp {}", name()));
    receive(socket, receiver, out);
    run_io(io, receiver, stop);
  }

 private:
  std::string name() const { return fmt::format("{}:{}", place_.address().to_string(), place_.port()); }

  void receive(udp::socket& socket, PacketReceiver& receiver, LiveOutput& out) {
    socket.async_receive_from(
        asio::buffer(buffer_), from_, [&](const boost::system::error_code& failure, std::size_t count) {
          if (failure == asio::error::operation_aborted) return;
          if (failure) {
            out.set_error(fmt::format("udp {}: {}", name(), failure.message()));
          } else {
            const std::string sender = fmt::format("{}:{}", from_.address().to_string(), from_.port());
            receiver.on_packet({{buffer_.data(), count}, sender, LiveClock::now()});
          }
          receive(socket, receiver, out);
        });
  }

  udp::endpoint place_;
  udp::endpoint from_;
  std::array<char, kLargestDatagram> buffer_{};
};

}  // namespace

std::unique_ptr<Transport> make_udp(const HostPort& place) {
  return std::make_unique<Udp>(udp::endpoint(listening_address(place), place.port));
}

}  // namespace purlscope::core
