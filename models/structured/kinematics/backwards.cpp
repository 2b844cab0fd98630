#include "models/structured/kinematics/backwards.h"

#include <cmath>

namespace purlscope::models::structured {
namespace {

/// Where the person's right points at the end: shoulder and hip lines of the last frames together.
Point last_right_axis(const Motion& motion) {
  Point axis{};
  for (std::size_t t = kFrames - kHeadingFrames; t < kFrames; ++t) {
    axis = axis + (motion.at(t, joint::right_shoulder) - motion.at(t, joint::left_shoulder)) +
           (motion.at(t, joint::right_hip) - motion.at(t, joint::left_hip));
  }
  return axis;
}

}  // namespace

Motion backwards(const Motion& motion) {
  const Point right = last_right_axis(motion);
  const double yaw = std::atan2(right[2], right[0]);
  const double c = std::cos(yaw);
  const double s = std::sin(yaw);
  const Point origin = motion.at(kFrames - 1, joint::hip_centre);
  std::vector<Point> points;
  points.reserve(kFrames * kJoints);
  for (std::size_t t = kFrames; t-- > 0;) {
    for (std::size_t j = 0; j < kJoints; ++j) {
      const Point p = motion.at(t, j) - origin;
      points.push_back({c * p[0] + s * p[2], p[1], c * p[2] - s * p[0]});
    }
  }
  return Motion(std::move(points));
}

}  // namespace purlscope::models::structured
