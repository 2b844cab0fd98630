#pragma once

#include <sys/types.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace purlscope::core {

/// A helper program with its standard streams in our hands. Its faults stay its own: a write to one that has died is
/// no signal, and its streams never block us. It leads a process group, so that the terminal's Ctrl-C reaches us alone.
/// Thread: one.
class ChildProcess {
 public:
  /// @param command  program (searched in PATH where it has no slash) and arguments
  /// @throws Error{Code::io} when it cannot be started
  explicit ChildProcess(const std::vector<std::string>& command);
  /// Ends it: closes its input, which asks it to go, and after kLastWait kills it with all that it started. It never
  /// stays a zombie.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  static constexpr double kLastWait = 0.3;  ///< seconds

  /// For poll(). -1 once closed.
  int input() const { return input_; }
  int output() const { return output_; }
  int errors() const { return errors_; }

  /// Writes as much as fits at once. @return bytes written; it may have died: output() then ends
  std::size_t write(std::span<const std::byte> bytes);
  /// Appends what has come on output(). @return false when the stream has ended
  bool read_output(std::string& text) { return read_into(output_, text); }
  /// Appends what has come on errors().
  bool read_errors(std::string& text) { return read_into(errors_, text); }

  /// Ends it as the destructor does. @return how it ended: "exit code 3", "signal 11 (Segmentation fault)"
  std::string end();

  pid_t id() const { return id_; }

 private:
  static bool read_into(int& stream, std::string& text);
  bool reap(bool wait);

  pid_t id_ = -1;
  bool reaped_ = false;
  int status_ = 0;
  int input_ = -1;
  int output_ = -1;
  int errors_ = -1;
};

}  // namespace purlscope::core
