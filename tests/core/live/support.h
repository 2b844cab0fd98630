#pragma once

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/live/live_frame.h"
#include "tests/support/free_port.h"

namespace purlscope::test {

/// Waits for a fact. @return whether it came true within the time
inline bool wait_until(const std::function<bool()>& fact, double longest = 10.0) {
  const core::LiveTime end = core::LiveClock::now() + core::live_seconds(longest);
  while (!fact()) {
    if (core::LiveClock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

/// A frame of layout ntu25 with one person "1"; joint j stands at (j, time, 2).
inline core::LiveFrame frame_at(double time) {
  core::LiveFrame frame;
  frame.time = time;
  frame.layout = core::joint_layout("ntu25");
  core::LivePerson person;
  person.id = "1";
  for (std::size_t j = 0; j < frame.layout->size(); ++j) {
    person.joints.push_back({static_cast<float>(j), static_cast<float>(time), 2.0F});
  }
  person.state.assign(frame.layout->size(), core::JointState::given);
  frame.persons.push_back(std::move(person));
  return frame;
}

/// A socket connected to a port of this machine.
class Peer {
 public:
  Peer(int kind, std::uint16_t port) : socket_(socket(AF_INET, kind, 0)) {
    const sockaddr_in place = loopback(port);
    connected_ = connect(socket_, reinterpret_cast<const sockaddr*>(&place), sizeof(place)) == 0;
  }
  ~Peer() { close(socket_); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  bool connected() const { return connected_; }
  void send(std::string_view bytes) const { ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  /// What comes up to an end, or until the other side closes.
  std::string receive_until(std::string_view end) const {
    std::string all;
    for (char c = 0; !all.ends_with(end) && recv(socket_, &c, 1, 0) == 1;) all += c;
    return all;
  }
  /// What comes until the other side closes.
  std::string rest() const {
    std::string all;
    char piece[4096];
    for (ssize_t count = 0; (count = recv(socket_, piece, sizeof(piece), 0)) > 0;) {
      all.append(piece, static_cast<std::size_t>(count));
    }
    return all;
  }

 private:
  int socket_;
  bool connected_ = false;
};

/// A Python program in the background, killed with its owner.
class Python {
 public:
  explicit Python(const std::vector<std::string>& arguments) : process_(fork()) {
    if (process_ != 0) return;
    std::vector<char*> argv = {const_cast<char*>("python3")};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  ~Python() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Python(const Python&) = delete;
  Python& operator=(const Python&) = delete;

 private:
  pid_t process_;
};

}  // namespace purlscope::test
