#pragma once

#include <optional>
#include <vector>

#include "core/live/live_frame.h"

namespace purlscope::core {

/// Turns keypoints in pixels into metres as they come: by the length of the torso (neck, or middle of the shoulders, to
/// middle of the hips), which is taken for 0.5 m. The scale is the median over the first kSamples torsos and stays from
/// then on, so that it adds no motion. The origin is where the first hips were; y up, x to the image's left, which is
/// the right of a person who faces the camera.
class PlanarScale {
 public:
  static constexpr std::size_t kSamples = 30;
  static constexpr float kTorso = 0.5F;  ///< metres

  /// @param persons  joints [J] as (x right, y down, 0) in pixels, changed in place; nobody before the first torso is
  /// seen
  void to_metres(const JointLayout& layout, std::vector<LivePerson>& persons);

 private:
  std::vector<float> torsos_;  ///< pixels
  std::optional<Vec3> origin_;
};

}  // namespace purlscope::core
