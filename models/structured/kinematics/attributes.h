#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/structured/kinematics/motion.h"
#include "models/structured/kinematics/nodes.h"

namespace purlscope::models::structured {

inline constexpr std::size_t kAttributes = 127;

/// A measure of the whole body or of the clip, at home on one or more nodes.
struct Attribute {
  std::string name;                 ///< "left hand height, highest"
  std::size_t slot = kWholeClip;    ///< time slot of its home nodes
  std::vector<std::size_t> joints;  ///< joints of its home nodes
};

/// The attributes, in the order of attribute_values(). Thread: any.
const std::vector<Attribute>& attributes();

/// The attributes of one motion. [127]
/// Hand heights and paths per third, speeds, turning sense, symmetry, joint angles, trunk inclination, root travel.
std::vector<float> attribute_values(const Motion& motion);

}  // namespace purlscope::models::structured
