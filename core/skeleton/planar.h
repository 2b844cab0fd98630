#pragma once

#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// What the poses of a 2-D recording, in any unit, must be multiplied by so that the performer is as large as those of
/// NTU RGB+D: the trunk (middle of the hips to middle of the shoulders) 0.43 m long. One scale for the whole
/// performance: the trunk's length is the upper quartile over frames, as one bent towards the camera looks short.
/// @param layout  of the poses; 1 when it has no shoulders or hips by the names of Kinect's layouts
/// @param joints  [T, J]
/// @param state   [T, J]; 1 when no frame has shoulders and hips
float planar_scale(const JointLayout& layout, const std::vector<Vec3>& joints, const std::vector<JointState>& state);

/// Scales poses and lays them into the model's plane, z = 0 in the camera's frame. `joints` [T, J]
void lift_planar(float scale, std::vector<Vec3>& joints);

}  // namespace purlscope::core
