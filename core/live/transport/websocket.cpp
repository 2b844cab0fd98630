#include "core/live/transport/websocket.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>

#include "core/base/error.h"
#include "core/live/transport/io_loop.h"

namespace purlscope::core {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
namespace {

using asio::ip::tcp;
using ErrorCode = boost::system::error_code;
using Stream = websocket::stream<beast::tcp_stream>;

constexpr std::size_t kMostSenders = 8;
constexpr std::size_t kLargestMessage = std::size_t{1} << 20;  // bytes
constexpr std::size_t kLargestRequest = 8192;                  // bytes
constexpr auto kHandshakeTime = std::chrono::seconds(5);
constexpr auto kShortestPause = std::chrono::milliseconds(250);
constexpr auto kLongestPause = std::chrono::milliseconds(5000);

std::string name_of(const tcp::endpoint& place) {
  return fmt::format("{}:{}", place.address().to_string(), place.port());
}

/// True for requests that no foreign web page made: browsers always say where a page came from.
bool is_local_origin(std::string_view origin) {
  if (origin.empty()) return true;
  const std::size_t begin = origin.find("://");
  if (begin == std::string_view::npos) return false;  // "null": a sandboxed page or a file
  std::string_view host = origin.substr(begin + 3);
  if (const std::size_t port = host.rfind(':'); port != std::string_view::npos && !host.ends_with(']')) {
    host = host.substr(0, port);
  }
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

/// Where the messages of one connection go.
struct Sink {
  PacketReceiver& receiver;
  LiveOutput& out;
};

/// Reads messages until the connection ends, then calls `on_end`.
class MessageReader {
 public:
  MessageReader(Stream& stream, Sink sink, std::string sender)
      : stream_(stream), sink_(sink), sender_(std::move(sender)) {
    stream_.read_message_max(kLargestMessage);
  }

  template <typename OnEnd>
  void read(OnEnd on_end) {
    stream_.async_read(buffer_, [this, on_end](const ErrorCode& failure, std::size_t) {
      if (failure == websocket::error::message_too_big) {
        sink_.out.count_bad(fmt::format("{}: a message of more than {} bytes", sender_, kLargestMessage));
      }
      if (failure) return on_end(failure);
      const auto bytes = buffer_.cdata();
      sink_.receiver.on_packet({{static_cast<const char*>(bytes.data()), bytes.size()}, sender_, LiveClock::now()});
      buffer_.consume(buffer_.size());
      read(on_end);
    });
  }

 private:
  Stream& stream_;
  Sink sink_;
  std::string sender_;
  beast::flat_buffer buffer_;
};

/// One sender that came to the server. Keeps itself while it reads.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Sink sink, std::string sender, std::size_t& open)
      : stream_(std::move(socket)),
        reader_(stream_, sink, sender),
        sink_(sink),
        sender_(std::move(sender)),
        open_(open) {
    ++open_;
    parser_.header_limit(kLargestRequest);
    parser_.body_limit(0);
  }
  ~Session() { --open_; }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start() {
    beast::get_lowest_layer(stream_).expires_after(kHandshakeTime);
    http::async_read(stream_.next_layer(), request_bytes_, parser_,
                     [self = shared_from_this()](const ErrorCode& failure, std::size_t) { self->answer(failure); });
  }

 private:
  void answer(const ErrorCode& failure) {
    if (failure) return sink_.out.count_bad(fmt::format("{}: no HTTP request: {}", sender_, failure.message()));
    const auto& request = parser_.get();
    const std::string origin(request[http::field::origin]);
    if (!websocket::is_upgrade(request)) {
      return sink_.out.count_bad(fmt::format("{}: an HTTP request that asks for no WebSocket", sender_));
    }
    if (!is_local_origin(origin)) {
      return sink_.out.count_bad(fmt::format("{}: a web page of {} is not let in", sender_, origin.substr(0, 80)));
    }
    beast::get_lowest_layer(stream_).expires_never();
    stream_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    stream_.async_accept(request, [self = shared_from_this()](const ErrorCode& refused) {
      if (refused) {
        return self->sink_.out.count_bad(fmt::format("{}: {}", self->sender_, refused.message()));
      }
      self->reader_.read([self](const ErrorCode& end) { self->tell_end(end); });
    });
  }

  void tell_end(const ErrorCode& end) {
    if (end == websocket::error::closed || end == asio::error::operation_aborted) return;
    sink_.out.set_error(fmt::format("{}: {}", sender_, end.message()));
  }

  Stream stream_;
  MessageReader reader_;
  beast::flat_buffer request_bytes_{kLargestRequest};
  http::request_parser<http::empty_body> parser_;
  Sink sink_;
  std::string sender_;
  std::size_t& open_;  ///< sessions that are open
};

class Server final : public Transport {
 public:
  explicit Server(tcp::endpoint place) : place_(std::move(place)) {}

  void run(PacketReceiver& receiver, LiveOutput& out, std::stop_token stop) override {
    std::size_t open = 0;  // outlives the sessions, which io's handlers hold
    asio::io_context io;
    tcp::acceptor acceptor(io);
    ErrorCode failure;
    acceptor.open(place_.protocol(), failure);
    if (!failure) acceptor.set_option(asio::socket_base::reuse_address(true), failure);
    if (!failure) acceptor.bind(place_, failure);
    if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
    if (failure) {
      throw Error(Code::io, fmt::format("ws {}: {}; another program may listen there: choose another port",
                                        name_of(place_), failure.message()));
    }
    out.set_state(SourceState::waiting, fmt::format("listening on ws {}", name_of(place_)));
    accept(acceptor, {receiver, out}, open);
    run_io(io, receiver, stop);
  }

 private:
  void accept(tcp::acceptor& acceptor, Sink sink, std::size_t& open) {
    acceptor.async_accept([this, &acceptor, sink, &open](const ErrorCode& failure, tcp::socket socket) {
      if (failure == asio::error::operation_aborted) return;
      ErrorCode gone;
      const tcp::endpoint from = failure ? tcp::endpoint() : socket.remote_endpoint(gone);
      if (failure) {
        sink.out.set_error(failure.message());
      } else if (open >= kMostSenders) {
        sink.out.set_error(fmt::format("{}: refused, {} senders are connected", name_of(from), kMostSenders));
      } else if (!gone) {
        std::make_shared<Session>(std::move(socket), sink, name_of(from), open)->start();
      }
      accept(acceptor, sink, open);
    });
  }

  tcp::endpoint place_;
};

/// One life of a connection to a server.
class Client final : public Transport {
 public:
  Client(HostPort place, std::string path) : place_(std::move(place)), path_(std::move(path)) {}

  void run(PacketReceiver& receiver, LiveOutput& out, std::stop_token stop) override {
    asio::io_context io;
    asio::steady_timer timer(io);
    tcp::resolver resolver(io);
    pause_ = kShortestPause;
    connect(io, resolver, timer, {receiver, out});
    run_io(io, receiver, stop);
    reader_.reset();
    stream_.reset();
  }

 private:
  std::string name() const { return fmt::format("ws {}:{}{}", place_.host, place_.port, path_); }

  void connect(asio::io_context& io, tcp::resolver& resolver, asio::steady_timer& timer, Sink sink) {
    const auto lost = [this, &io, &resolver, &timer, sink](const ErrorCode& failure) {
      if (failure == asio::error::operation_aborted) return;
      sink.out.set_error(fmt::format("{}: {}", name(), failure.message()));
      sink.out.set_state(SourceState::connecting, fmt::format("{}: {}; next try in {:.2g} s", name(), failure.message(),
                                                              std::chrono::duration<double>(pause_).count()));
      timer.expires_after(pause_);
      pause_ = std::min(2 * pause_, std::chrono::milliseconds(kLongestPause));
      timer.async_wait([this, &io, &resolver, &timer, sink](const ErrorCode& aborted) {
        if (!aborted) connect(io, resolver, timer, sink);
      });
    };
    reader_.reset();
    stream_ = std::make_unique<Stream>(io);
    resolver.async_resolve(place_.host, std::to_string(place_.port),
                           [this, sink, lost](const ErrorCode& failure, const tcp::resolver::results_type& found) {
                             if (failure) return lost(failure);
                             open(found, sink, lost);
                           });
  }

  template <typename Lost>
  void open(const tcp::resolver::results_type& found, Sink sink, Lost lost) {
    beast::get_lowest_layer(*stream_).expires_after(kHandshakeTime);
    beast::get_lowest_layer(*stream_).async_connect(found, [this, sink, lost](const ErrorCode& failure, const auto&) {
      if (failure) return lost(failure);
      beast::get_lowest_layer(*stream_).expires_never();
      stream_->set_option(websocket::stream_base::timeout::suggested(beast::role_type::client));
      stream_->async_handshake(fmt::format("{}:{}", place_.host, place_.port), path_,
                               [this, sink, lost](const ErrorCode& refused) {
                                 if (refused) return lost(refused);
                                 take_messages(sink, lost);
                               });
    });
  }

  template <typename Lost>
  void take_messages(Sink sink, Lost lost) {
    if (std::exchange(was_connected_, true)) sink.out.count_reconnect();
    pause_ = kShortestPause;
    sink.out.set_state(SourceState::waiting, "connected to " + name());
    reader_ = std::make_unique<MessageReader>(*stream_, sink, name());
    reader_->read(lost);
  }

  HostPort place_;
  std::string path_;
  std::chrono::milliseconds pause_ = kShortestPause;
  bool was_connected_ = false;
  std::unique_ptr<Stream> stream_;
  std::unique_ptr<MessageReader> reader_;
};

}  // namespace

std::unique_ptr<Transport> make_websocket_server(const HostPort& place) {
  return std::make_unique<Server>(tcp::endpoint(listening_address(place), place.port));
}

std::unique_ptr<Transport> make_websocket_client(const HostPort& place, std::string path) {
  return std::make_unique<Client>(place, std::move(path));
}

}  // namespace purlscope::core
