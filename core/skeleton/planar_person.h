#pragma once

#include <string>
#include <vector>

#include "core/base/clip.h"

/// What a detector of keypoints found, in files and live alike.
namespace purlscope::core {

/// Joints surer than this are `given`, others `inferred`: between OpenPose's "guessed and occluded keypoints" (0.1) and
/// "very clear body parts" (0.5) in the help of its --render_threshold, and what MMPose draws (--kpt-thr).
inline constexpr float kSureScore = 0.3F;

/// A person of one frame as the detector gave it.
struct PlanarPerson {
  std::vector<Vec3> joints;       ///< [J] the detector's units, x right, y down; z = 0, or away from the camera
  std::vector<JointState> state;  ///< [J]
  std::vector<float> score;       ///< [J] the detector's, 0 where the joint is missing
  std::string sensor_id;          ///< empty = none
};

/// A person without any joint.
PlanarPerson empty_person(const JointLayout& layout);

/// Sets a joint from a detector's numbers: missing without a finite position or a score above 0, or at the origin,
/// where detectors put joints they did not find; inferred up to `kSureScore`.
void place_joint(PlanarPerson& person, std::size_t joint, Vec3 position, float score);

/// True when any joint was found.
bool is_seen(const PlanarPerson& person);

}  // namespace purlscope::core
