#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace purlscope::core {

/// How refinement learns.
struct RefineOptions {
  nlohmann::json settings;  ///< method and its settings, as `purlscope evaluate --refinement`; null = the defaults
  /// Learns on a thread of its own, so that no recognition waits; a window is then scored by what had been learned when
  /// it came. Without it every window is learned from before the call returns, and a run repeats exactly.
  bool background = true;
};

/// A number that a way of learning can be told.
struct RefineSetting {
  std::string key;  ///< in RefineOptions::settings
  double standard = 0;
  double lowest = 0;
  double highest = 0;
  bool whole = false;  ///< takes whole numbers alone
};

/// A way of learning.
struct RefineMethod {
  std::string name;                     ///< "em"
  std::string what;                     ///< a clause on it, English
  std::vector<RefineSetting> settings;  ///< that it heeds; "guard", true or false, is heeded by all
};

/// A window that the bank remembers.
struct BankEntry {
  std::string slot;      ///< label that it was taken for (for a motion in a mirror: what it looks like)
  float confidence = 0;  ///< probability of that when it came
  std::string clip;      ///< name of the recording or source
  double begin = 0;      ///< seconds of it
  double end = 0;
  std::uint64_t number = 0;  ///< of the window in the stream, from 0
};

/// What the monitors saw after a window.
struct RefinementPoint {
  std::uint64_t window = 0;  ///< number of the window
  float agreement = 0;       ///< share of the last windows that got the label which they would get without refinement
  float evenness = 0;        ///< entropy of how the last windows' labels are shared out, over that without refinement
  float largest = 0;         ///< share of the label that most of the last windows got
};

/// How far scale and shift have moved the texts of one sentence: the mean over the labels of the Euclidean norms of
/// S - 1 and of B, which are 0 before anything is learned.
struct TextChange {
  float scale = 0;
  float shift = 0;
};

/// Where refinement stands. A copy.
struct RefinementState {
  bool on = false;
  bool paused = false;  ///< by the guard: scores as without refinement until reset or undo
  std::string method;
  nlohmann::json settings;    ///< in force, all of them, as RefineOptions::settings; null before the first start
  std::uint64_t windows = 0;  ///< seen
  std::uint64_t steps = 0;    ///< of learning, those undone not counted
  std::uint64_t waiting = 0;  ///< windows not yet learned from, with the one at work
  std::uint64_t rollbacks = 0;
  std::size_t undoable = 0;  ///< steps that undo() can take back
  double step_ms = 0;        ///< mean time of the last steps, milliseconds
  std::vector<BankEntry> bank;
  std::vector<RefinementPoint> curve;  ///< of the last 2,000 windows
  std::vector<TextChange> texts;       ///< by sentence; empty for methods that leave the texts as they are
  std::vector<std::string> messages;   ///< of the guard, the newest last
};

/// Learning from a stream without labels, beside an Engine. Thread: any, several at a time. No call waits for a
/// recognition, and no recognition for a step of learning; state() waits for nothing, the others for one step at most
/// (wait() for all, start() for the running one).
class Refinement {
 public:
  virtual ~Refinement() = default;
  /// All ways of learning, the default first.
  virtual std::vector<RefineMethod> methods() const = 0;
  /// Starts anew. @throws Error{Code::bad_argument} for settings that are unknown or impossible
  virtual void start(const RefineOptions& options) = 0;
  /// Scores as without refinement; what was learned stays until start(), load() or reset().
  virtual void stop() = 0;
  /// Goes on after stop() with what was learned. @throws Error{Code::bad_argument} when it was never started
  virtual void resume() = 0;
  /// Whether it learns from windows to come, true at first; without, it scores by what it has learned. start(), stop()
  /// and load() leave it as it is.
  virtual void set_learning(bool on) = 0;
  /// Waits until every window so far has been learned from.
  virtual void wait() = 0;
  virtual RefinementState state() const = 0;
  /// Takes back the last steps, as many as there are at most. @return how many
  virtual std::size_t undo(std::size_t steps) = 0;
  /// Keeps what has been learned: undo() does not go behind it, reset() comes back to it.
  virtual void accept() = 0;
  /// Back to what was accepted last, or to nothing learned.
  virtual void reset() = 0;
  /// Writes what was learned, with its bank (safetensors). @throws Error{Code::io}
  virtual void save(const std::filesystem::path& file) const = 0;
  /// Reads it back; the settings come from the file. The labels must be set.
  /// @throws Error{Code::not_found, Code::bad_format}, Error{Code::unsupported} for a state of another model, text
  ///         encoder, or of labels or sentences that are not those in force
  virtual void load(const std::filesystem::path& file) = 0;
};

}  // namespace purlscope::core
