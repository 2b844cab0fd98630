#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/live/live_frame.h"

namespace purlscope::core {

/// A pose as a sender gave it, in our frame and unit.
struct ParsedFrame {
  std::optional<double> time;  ///< seconds of the sender's clock; empty = it gives none
  std::shared_ptr<const JointLayout> layout;
  std::vector<LivePerson> persons;
  bool reduced_accuracy = false;
};

/// Reads packets of one format and knows nothing of how they came. Thread: one.
class Parser {
 public:
  virtual ~Parser() = default;
  /// @return the frame that the packet completes; empty when more packets are to come
  /// @throws Error{Code::bad_format, Code::not_found, Code::limit} saying what is wrong with the packet; whatever it
  ///         was collecting goes on as if it had not come
  virtual std::optional<ParsedFrame> parse(std::string_view packet) = 0;
  /// Another sender begins: forgets what was collected.
  virtual void reset() {}
};

/// Bounds on what one frame may hold.
inline constexpr std::size_t kMostLivePersons = 64;
inline constexpr std::size_t kMostLiveJoints = 1000;
inline constexpr std::size_t kLongestLiveId = 64;  ///< bytes

}  // namespace purlscope::core
