#pragma once

#include <memory>
#include <optional>

#include "core/live/live_frame.h"
#include "core/skeleton/tracker.h"

namespace purlscope::core {

/// Stable ids for the persons of a source that does not follow them (core/skeleton/tracker.h). Thread: one at a time.
class PersonTracks {
 public:
  /// Takes the ids so far as what the sensor calls the persons, and gives them those of the tracker. Persons with too
  /// few joints to be followed are taken out. Another layout begins anew. @param frame  with its time and layout
  void name(LiveFrame& frame);

 private:
  std::shared_ptr<const JointLayout> layout_;
  std::optional<Tracker> tracker_;
};

}  // namespace purlscope::core
