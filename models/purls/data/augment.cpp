#include "models/purls/data/augment.h"

#include <algorithm>
#include <numbers>
#include <string>
#include <string_view>

#include "core/text/sides.h"
#include "models/purls/data/motion.h"

namespace purlscope::models::purls {
namespace {

constexpr double kPitchShare = 0.15 / 0.35;  // of the turn about the vertical

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

/// Moments from 0 to 1 at which a clip is sampled, warped by a sine so that its ends stay, [N, frames].
at::Tensor warped_moments(std::int64_t count, std::int64_t frames, double speed, const at::Generator& generator) {
  const at::Tensor even = at::linspace(0, 1, frames);
  if (speed <= 0) return even;
  constexpr double kTurn = 2 * std::numbers::pi;
  const at::Tensor strength = uniform(count, -speed, speed, generator).unsqueeze(1) / kTurn;
  return even + strength * (even * kTurn).sin();
}

at::Tensor mirror(const at::Tensor& motions, const at::Tensor& mirrorable, const JointTree& tree, double chance,
                  const at::Generator& generator) {
  const at::Tensor chosen = at::rand({motions.size(0)}, generator).lt(chance).logical_and(mirrorable);
  const at::Tensor flipped = at::tensor({-1.F, 1.F, 1.F}).to(motions.device());  // x points to a side
  const at::Tensor other = motions.index_select(2, tree.mirror) * flipped;
  return at::where(chosen.view({-1, 1, 1, 1}).to(motions.device()), other, motions);
}

at::Tensor drop_joints(const at::Tensor& motions, const JointTree& tree, double chance,
                       const at::Generator& generator) {
  const at::Tensor dropped = at::rand({motions.size(0), 1, motions.size(2), 1}, generator).lt(chance);
  return at::where(dropped.to(motions.device()), motions.index_select(2, tree.parent), motions);
}

}  // namespace

at::Tensor augment(const at::Tensor& motions, const at::Tensor& mirrorable, const JointTree& tree, std::int64_t frames,
                   const AugmentOptions& options, at::Generator generator) {
  const at::Device device = motions.device();
  const std::int64_t count = motions.size(0);
  const at::Tensor length = uniform(count, 1 - options.crop, 1, generator).unsqueeze(1);
  const at::Tensor start = at::rand({count, 1}, generator) * (1 - length);
  const double last = static_cast<double>(motions.size(1) - 1);
  const at::Tensor times = (start + length * warped_moments(count, frames, options.speed, generator)) * last;
  const double pitched = options.rotation * kPitchShare;
  const at::Tensor yaw = uniform(count, -options.rotation, options.rotation, generator);
  const at::Tensor pitch = uniform(count, -pitched, pitched, generator);
  const at::Tensor size = uniform(count, 1 - options.size, 1 + options.size, generator).view({count, 1, 1, 1});
  const at::Tensor sampled = interpolate_frames(motions, times.to(device));
  at::Tensor x = at::matmul(sampled, turns(yaw, pitch).unsqueeze(1).to(device)) * size.to(device);
  if (options.mirror > 0) x = mirror(x, mirrorable, tree, options.mirror, generator);
  if (options.joint_dropout > 0) x = drop_joints(x, tree, options.joint_dropout, generator);
  return x + at::randn(x.sizes(), generator).to(device) * options.noise;
}

bool may_be_mirrored(const core::Label& label) {
  return !core::names_a_side(label.text) &&
         std::ranges::none_of(label.sentences, [](const auto& sentence) { return core::names_a_side(sentence.text); });
}

}  // namespace purlscope::models::purls
