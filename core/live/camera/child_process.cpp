#include "core/live/camera/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include "core/base/error.h"
#include "core/live/live_frame.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;  // bytes

void close_if_open(int& stream) {
  if (stream >= 0) close(std::exchange(stream, -1));
}

/// Two connected ends, ours and the child's. Both close on exec, so that no other child keeps them open.
class Ends {
 public:
  /// Sockets and not pipes: a write to a dead reader is then an error, not the signal SIGPIPE.
  Ends() {
    std::array<int, 2> both{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both.data()) != 0) {
      throw Error(Code::io, fmt::format("no connection to a helper program: {}", std::strerror(errno)));
    }
    ours_ = both[0];
    theirs_ = both[1];
    fcntl(ours_, F_SETFL, O_NONBLOCK);
  }
  ~Ends() {
    close_if_open(ours_);
    close_if_open(theirs_);
  }
  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;

  int theirs() const { return theirs_; }
  int take() { return std::exchange(ours_, -1); }

 private:
  int ours_ = -1;
  int theirs_ = -1;
};

/// Attributes of the new process: a group of its own, no blocked and no ignored signals.
class Attributes {
 public:
  Attributes() {
    posix_spawnattr_init(&value_);
    sigset_t none;
    sigemptyset(&none);
    sigset_t usual;
    sigemptyset(&usual);
    for (const int number : {SIGPIPE, SIGINT, SIGTERM}) sigaddset(&usual, number);
    posix_spawnattr_setsigmask(&value_, &none);
    posix_spawnattr_setsigdefault(&value_, &usual);
    posix_spawnattr_setpgroup(&value_, 0);
    posix_spawnattr_setflags(&value_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Attributes() { posix_spawnattr_destroy(&value_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  const posix_spawnattr_t* get() const { return &value_; }

 private:
  posix_spawnattr_t value_{};
};

/// Which of our streams become the child's. It gets no other: a port or device that it kept open would stay taken.
class Streams {
 public:
  Streams() { posix_spawn_file_actions_init(&value_); }
  ~Streams() { posix_spawn_file_actions_destroy(&value_); }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;
  void set(int stream, int number) { posix_spawn_file_actions_adddup2(&value_, stream, number); }
  void close_others() { posix_spawn_file_actions_addclosefrom_np(&value_, STDERR_FILENO + 1); }
  const posix_spawn_file_actions_t* get() const { return &value_; }

 private:
  posix_spawn_file_actions_t value_{};
};

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command) {
  if (command.empty()) throw Error(Code::bad_argument, "no helper program named");
  Ends in;
  Ends out;
  Ends err;
  Streams streams;
  streams.set(in.theirs(), STDIN_FILENO);
  streams.set(out.theirs(), STDOUT_FILENO);
  streams.set(err.theirs(), STDERR_FILENO);
  streams.close_others();
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const Attributes attributes;
  const int failure = posix_spawnp(&id_, arguments[0], streams.get(), attributes.get(), arguments.data(), environ);
  if (failure != 0) {
    throw Error(Code::io, fmt::format("{} cannot be started: {}", command[0], std::strerror(failure)));
  }
  input_ = in.take();
  output_ = out.take();
  errors_ = err.take();
}

ChildProcess::~ChildProcess() { end(); }

std::size_t ChildProcess::write(std::span<const std::byte> bytes) {
  if (input_ < 0) return 0;
  const ssize_t count = send(input_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

bool ChildProcess::read_into(int& stream, std::string& text) {
  if (stream < 0) return false;
  std::array<char, kPiece> piece{};
  const ssize_t count = read(stream, piece.data(), piece.size());
  if (count > 0) {
    text.append(piece.data(), static_cast<std::size_t>(count));
    return true;
  }
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  close_if_open(stream);
  return false;
}

bool ChildProcess::reap(bool wait) {
  if (reaped_ || id_ < 0) return true;
  pid_t got = -1;
  do {
    got = waitpid(id_, &status_, wait ? 0 : WNOHANG);
  } while (got < 0 && errno == EINTR);
  reaped_ = got != 0;
  return reaped_;
}

std::string ChildProcess::end() {
  close_if_open(input_);
  const LiveTime last = LiveClock::now() + live_seconds(kLastWait);
  bool killed = false;
  while (!reap(false)) {
    if (LiveClock::now() < last) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      continue;
    }
    kill(-id_, SIGKILL);
    killed = true;
    reap(true);
  }
  close_if_open(output_);
  close_if_open(errors_);
  if (killed) return "killed";
  if (WIFSIGNALED(status_)) return fmt::format("signal {} ({})", WTERMSIG(status_), strsignal(WTERMSIG(status_)));
  return fmt::format("exit code {}", WEXITSTATUS(status_));
}

}  // namespace purlscope::core
