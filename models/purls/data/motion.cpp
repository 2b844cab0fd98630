#include "models/purls/data/motion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"

namespace purlscope::models::purls {
namespace {

constexpr const char* kLayout = "kinect20";
constexpr std::size_t kHip = 0, kShoulders = 2, kLeftShoulder = 4, kRightShoulder = 8, kLeftHip = 12, kRightHip = 16;
constexpr std::size_t kHeadingFrames = 5;  // the heading is the mean over so many first frames
constexpr double kSmallestTrunk = 1e-3;    // metres

constexpr double kShortestStretch = 0.8, kLargestYaw = 0.35, kLargestPitch = 0.15;  // radians
constexpr double kSmallestSize = 0.9, kSizeRange = 0.2, kSensorNoise = 0.01;

using Point = std::array<double, 3>;

/// Joints as doubles, [T * J]; missing ones at their parent's place.
std::vector<Point> filled_joints(const core::Window& window) {
  const auto& layout = *window.layout;
  const auto& person = window.persons.front();
  std::vector<Point> points(window.frames * layout.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::size_t source = i;
    const std::size_t frame_start = i - i % layout.size();
    while (person.state[source] == core::JointState::missing) {
      const std::size_t parent = frame_start + static_cast<std::size_t>(layout.parent[source - frame_start]);
      if (parent == source) break;
      source = parent;
    }
    for (std::size_t axis = 0; axis < 3; ++axis) points[i][axis] = person.joints[source][axis];
  }
  return points;
}

double distance(const Point& a, const Point& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

double median_trunk(const std::vector<Point>& points, std::size_t joints) {
  std::vector<double> lengths;
  for (std::size_t start = 0; start < points.size(); start += joints) {
    lengths.push_back(distance(points[start + kShoulders], points[start + kHip]));
  }
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  if (lengths.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(lengths.begin(), middle)) / 2;
}

/// Angle in the floor plane of the line from the left to the right side.
double heading(const std::vector<Point>& points, std::size_t joints) {
  const std::size_t frames = std::min(kHeadingFrames, points.size() / joints);
  double x = 0, z = 0;
  for (std::size_t frame = 0; frame < frames; ++frame) {
    const Point* body = &points[frame * joints];
    x += body[kRightShoulder][0] - body[kLeftShoulder][0] + body[kRightHip][0] - body[kLeftHip][0];
    z += body[kRightShoulder][2] - body[kLeftShoulder][2] + body[kRightHip][2] - body[kLeftHip][2];
  }
  return std::atan2(z, x);
}

void check(const core::Window& window) {
  if (!window.layout || window.layout->id != kLayout) {
    throw Error(Code::shape_mismatch, fmt::format("The window is in layout '{}', but this model reads '{}'",
                                                  window.layout ? window.layout->id : "none", kLayout));
  }
  if (window.persons.empty() || window.frames == 0) {
    throw Error(Code::bad_format, "The window holds no performer: choose a stretch of the clip with somebody in it");
  }
}

/// Linear interpolation of frames. @param motions [N, T, J, 3] @param times [N, F] in frames, 0 to T - 1
at::Tensor interpolate(const at::Tensor& motions, const at::Tensor& times) {
  const at::Tensor before = times.floor().to(at::kLong).clamp(0, motions.size(1) - 2);
  const at::Tensor share = (times - before).unsqueeze(-1).unsqueeze(-1);
  const at::Tensor clip = at::arange(motions.size(0), at::kLong).unsqueeze(1);
  return motions.index({clip, before}) * (1 - share) + motions.index({clip, before + 1}) * share;
}

/// Uniform numbers in [low, high), [count].
at::Tensor uniform(std::int64_t count, double low, double high, const at::Generator& generator) {
  return at::rand({count}, generator) * (high - low) + low;
}

/// Turns about the vertical, then about x: [N, 3, 3], for row vectors.
at::Tensor turns(const at::Tensor& yaw, const at::Tensor& pitch) {
  const at::Tensor zero = at::zeros_like(yaw), one = at::ones_like(yaw);
  const at::Tensor about_y = at::stack({yaw.cos(), zero, yaw.sin(), zero, one, zero, -yaw.sin(), zero, yaw.cos()}, -1);
  const at::Tensor about_x = at::stack({one, zero, zero, zero, pitch.cos(), -pitch.sin(), zero, pitch.sin(), pitch.cos()}, -1);
  return at::bmm(about_y.view({-1, 3, 3}), about_x.view({-1, 3, 3}));
}

}  // namespace

at::Tensor canonical_motion(const core::Window& window) {
  check(window);
  const std::size_t joints = window.layout->size();
  const std::vector<Point> points = filled_joints(window);
  const double trunk = median_trunk(points, joints);
  if (!(trunk > kSmallestTrunk)) {
    throw Error(Code::bad_format, fmt::format("The performer's trunk measures {:.4f} m (hip centre to shoulder centre): "
                                              "the recording has no usable skeleton, or its unit is wrong", trunk));
  }
  const double angle = heading(points, joints);
  const double cosine = std::cos(angle), sine = std::sin(angle);
  const Point origin = points[kHip];
  at::Tensor motion = at::empty({kCanonicalFrames, static_cast<std::int64_t>(joints), 3});
  float* out = motion.data_ptr<float>();
  const double step = static_cast<double>(window.frames - 1) / static_cast<double>(kCanonicalFrames - 1);
  for (std::size_t frame = 0; frame < kCanonicalFrames; ++frame) {
    const double time = static_cast<double>(frame) * step;
    const auto before = std::min(static_cast<std::size_t>(time), window.frames - 1);
    const std::size_t after = std::min(before + 1, window.frames - 1);
    const double share = time - static_cast<double>(before);
    for (std::size_t joint = 0; joint < joints; ++joint) {
      const Point &a = points[before * joints + joint], &b = points[after * joints + joint];
      Point p;
      for (std::size_t axis = 0; axis < 3; ++axis) p[axis] = (a[axis] * (1 - share) + b[axis] * share - origin[axis]) / trunk;
      *out++ = static_cast<float>(cosine * p[0] + sine * p[2]);
      *out++ = static_cast<float>(p[1]);
      *out++ = static_cast<float>(cosine * p[2] - sine * p[0]);
    }
  }
  return motion;
}

at::Tensor sample_frames(const at::Tensor& motions, std::int64_t frames) {
  const at::Tensor times = at::linspace(0, static_cast<double>(motions.size(1) - 1), frames);
  return interpolate(motions, times.unsqueeze(0).expand({motions.size(0), frames}));
}

at::Tensor augment(const at::Tensor& motions, std::int64_t frames, at::Generator generator) {
  const std::int64_t count = motions.size(0);
  const at::Tensor length = uniform(count, kShortestStretch, 1, generator).unsqueeze(1);
  const at::Tensor start = at::rand({count, 1}, generator) * (1 - length);
  const at::Tensor times = (start + length * at::linspace(0, 1, frames)) * static_cast<double>(motions.size(1) - 1);
  const at::Tensor yaw = uniform(count, -kLargestYaw, kLargestYaw, generator);
  const at::Tensor pitch = uniform(count, -kLargestPitch, kLargestPitch, generator);
  const at::Tensor size = uniform(count, kSmallestSize, kSmallestSize + kSizeRange, generator).view({count, 1, 1, 1});
  const at::Tensor turned = at::matmul(interpolate(motions, times), turns(yaw, pitch).unsqueeze(1)) * size;
  return turned + at::randn(turned.sizes(), generator) * kSensorNoise;
}

}  // namespace purlscope::models::purls
