#include "models/purls/data/motion.h"

namespace purlscope::models::purls {
namespace {

constexpr double kShortestStretch = 0.8, kLargestYaw = 0.35, kLargestPitch = 0.15;  // radians
constexpr double kSmallestSize = 0.9, kSizeRange = 0.2, kSensorNoise = 0.01;

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
  const at::Tensor about_x =
      at::stack({one, zero, zero, zero, pitch.cos(), -pitch.sin(), zero, pitch.sin(), pitch.cos()}, -1);
  return at::bmm(about_y.view({-1, 3, 3}), about_x.view({-1, 3, 3}));
}

}  // namespace

at::Tensor canonical_motion(const core::Window& window) {
  const structured::Motion aligned = structured::align_motion(window);
  at::Tensor motion = at::empty({kCanonicalFrames, static_cast<std::int64_t>(structured::kJoints), 3});
  float* out = motion.data_ptr<float>();
  for (std::size_t frame = 0; frame < structured::kFrames; ++frame) {
    for (std::size_t joint = 0; joint < structured::kJoints; ++joint) {
      for (const double coordinate : aligned.at(frame, joint)) *out++ = static_cast<float>(coordinate);
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
