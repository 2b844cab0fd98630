#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/skeleton/window.h"
#include "models/structured/kinematics/series.h"

namespace purlscope::models::structured {

inline constexpr std::size_t kFrames = 64;  ///< every clip is brought to this many frames
inline constexpr std::size_t kJoints = 20;  ///< layout kinect20
inline constexpr std::string_view kLayout = "kinect20";
inline constexpr std::size_t kHeadingFrames = 5;  ///< at the start, whose shoulder and hip lines give the heading
inline constexpr std::size_t kMinimumFrames = 4;  ///< shorter windows hold no motion to speak of

/// Joints of kinect20 by name.
namespace joint {
enum : std::size_t {
  hip_centre,
  spine,
  shoulder_centre,
  head,
  left_shoulder,
  left_elbow,
  left_wrist,
  left_hand,
  right_shoulder,
  right_elbow,
  right_wrist,
  right_hand,
  left_hip,
  left_knee,
  left_ankle,
  left_foot,
  right_hip,
  right_knee,
  right_ankle,
  right_foot
};
}  // namespace joint

/// Left/right counterpart of each joint; itself on the trunk.
inline constexpr std::array<std::size_t, kJoints> kMirror = {0, 1, 2,  3,  8,  9,  10, 11, 4,  5,
                                                             6, 7, 16, 17, 18, 19, 12, 13, 14, 15};

/// One performer's motion in the person's own frame: origin at the hip centre of the first frame, turned about the
/// vertical so that the person's right is +x at the start, in torso lengths, 64 frames.
class Motion {
 public:
  explicit Motion(std::vector<Point> points) : points_(std::move(points)) {}
  const Point& at(std::size_t frame, std::size_t joint) const { return points_[frame * kJoints + joint]; }
  /// A joint's points over time, in the frame of the whole motion. [64]
  Track track(std::size_t joint) const;
  /// The same relative to the hip centre of each moment. [64]
  Track track_from_hips(std::size_t joint) const;

 private:
  std::vector<Point> points_;  ///< [64, 20]
};

/// Aligns, scales and resamples the first performer of a window. Joints missing for a while are interpolated over
/// time; joints never seen lie on their parent joint.
/// @param window  layout kinect20, metres
/// @throws Error{Code::shape_mismatch} for another layout, Error{Code::bad_format} for fewer than 4 frames, or when no
///         performer or no joint of the performer has a finite position; the message names the window's clip
Motion align_motion(const core::Window& window);

}  // namespace purlscope::models::structured
