#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace purlscope::test {

/// What the server does with one request.
struct Reply {
  int status = 200;
  std::string body;
  std::chrono::milliseconds delay{0};
  std::string header = {};  ///< one more line, with its line end
};

/// An HTTP server on this machine that answers one connection after another with the replies of a script, the last of
/// them for ever, and remembers what it was asked.
class ChatServer {
 public:
  explicit ChatServer(std::vector<Reply> script) : script_(std::move(script)) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(place);
    if (bind(listener_, reinterpret_cast<sockaddr*>(&place), size) != 0 || listen(listener_, 8) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&place), &size) != 0)
      throw std::runtime_error("no port for the test's server");
    port_ = ntohs(place.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
  }
  ~ChatServer() {
    thread_.request_stop();
    thread_.join();
    close(listener_);
  }
  ChatServer(const ChatServer&) = delete;
  ChatServer& operator=(const ChatServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  static bool readable(int socket) {
    pollfd wanted{socket, POLLIN, 0};
    return poll(&wanted, 1, 20) > 0;
  }

  void serve(const std::stop_token& stop) {
    for (std::size_t i = 0; !stop.stop_requested();) {
      if (!readable(listener_)) continue;
      const int peer = accept(listener_, nullptr, nullptr);
      const std::string request = receive(peer, stop);
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
      }
      answer(peer, script_.at(std::min(i++, script_.size() - 1)), stop);
      close(peer);
    }
  }

  static std::string receive(int peer, const std::stop_token& stop) {
    std::string request;
    std::size_t wanted = std::string::npos;
    while (!stop.stop_requested() && request.size() < wanted) {
      if (!readable(peer)) continue;
      char bytes[4096];
      const ssize_t got = read(peer, bytes, sizeof(bytes));
      if (got <= 0) break;
      request.append(bytes, static_cast<std::size_t>(got));
      const std::size_t head = request.find("\r\n\r\n");
      const std::size_t length = request.find("Content-Length: ");
      if (head != std::string::npos && length < head) wanted = head + 4 + std::stoul(request.substr(length + 16));
    }
    return request;
  }

  static void answer(int peer, const Reply& reply, const std::stop_token& stop) {
    const auto until = std::chrono::steady_clock::now() + reply.delay;
    while (std::chrono::steady_clock::now() < until && !stop.stop_requested())
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const std::string text = "HTTP/1.1 " + std::to_string(reply.status) +
                             " Scripted\r\nContent-Length: " + std::to_string(reply.body.size()) + "\r\n" +
                             reply.header + "Connection: close\r\n\r\n" + reply.body;
    for (std::size_t sent = 0; sent < text.size();) {
      const ssize_t now = send(peer, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
      if (now <= 0) return;
      sent += static_cast<std::size_t>(now);
    }
  }

  std::vector<Reply> script_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::jthread thread_;  // last: starts when all others exist
};

}  // namespace purlscope::test
