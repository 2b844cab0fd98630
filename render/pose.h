#pragma once

#include <glm/glm.hpp>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::render {

/// One person at one time, in the clip's layout.
struct Pose {
  std::vector<glm::vec3> joints;        ///< [J] metres
  std::vector<core::JointState> state;  ///< [J]
};

/// The pose at a time, linear between the frames in which a joint was seen. A joint bridged over up to three unseen
/// frames counts as inferred; over longer gaps it is missing. Before the first and after the last frame those hold.
Pose pose_at(const core::Clip& clip, std::size_t person, double seconds);

}  // namespace purlscope::render
