#pragma once

#include <cstddef>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// The clip as if a sensor had not seen some joints: they are missing in all frames and persons.
/// @param joints  indices in the clip's layout. @throws Error{Code::bad_argument} for one that the layout lacks
Clip without_joints(const Clip& clip, const std::vector<std::size_t>& joints);

/// The clip as if nobody had been seen from `begin` to `end` (seconds of the clip, `end` exclusive).
Clip without_time(const Clip& clip, double begin, double end);

/// What is to be hidden of a recording.
struct Hidden {
  std::vector<std::size_t> joints;  ///< indices in the clip's layout
  double begin = 0;                 ///< seconds of the clip
  double end = 0;                   ///< exclusive; not after `begin` = no stretch of time
};

/// The clip without all of it. @throws as without_joints()
Clip hide(const Clip& clip, const Hidden& hidden);

}  // namespace purlscope::core
