#pragma once

#include <cmath>

#include "core/base/clip.h"

namespace purlscope::core {

/// True when all three coordinates are.
inline bool is_finite(const Vec3& joint) {
  return std::isfinite(joint[0]) && std::isfinite(joint[1]) && std::isfinite(joint[2]);
}

/// Marks a joint without a finite position as missing and makes its coordinates zero. @return false if so marked
inline bool keep_if_finite(Vec3& joint, JointState& state) {
  if (is_finite(joint)) return true;
  joint = {};
  state = JointState::missing;
  return false;
}

}  // namespace purlscope::core
