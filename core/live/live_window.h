#pragma once

#include <string>
#include <vector>

#include "core/base/clip.h"
#include "core/live/live_frame.h"

namespace purlscope::core {

/// The numbers of the persons of a stream, in the order in which they were first seen: what `--person K` means.
class PersonNumbers {
 public:
  /// Takes in who is seen. Beyond kMost persons the newcomers get no number.
  void see(const LiveFrame& frame);
  /// @return -1 for a person who was never seen
  int number(const std::string& id) const;
  /// The person of a number. Empty when there is none yet.
  std::string id(std::size_t number) const { return number < ids_.size() ? ids_[number] : std::string(); }

 private:
  static constexpr std::size_t kMost = 1024;
  std::vector<std::string> ids_;
};

/// Persons of one clip: a sender that gives every pose another id is not to fill the memory.
inline constexpr std::size_t kMostLivePersons = 32;

/// Live frames as a clip, for make_window(). Only the frames at the end that share the newest one's layout are taken;
/// persons in the order in which they are first seen in them, at most kMostLivePersons: those seen last. Null when
/// there is no frame.
/// @param frames  oldest first, as FrameRing gives them
ClipPtr live_clip(const std::vector<LiveFramePtr>& frames, std::string name);

}  // namespace purlscope::core
