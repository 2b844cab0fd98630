#include "core/skeleton/planar.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace purlscope::core {
namespace {

constexpr float kTrunkLength = 0.43F;  // metres; median of the public NTU RGB+D recordings (tools/fit_retargeting.py)
constexpr std::array kTrunk = {"left hip", "right hip", "left shoulder", "right shoulder"};

/// Of the frames that have the four joints of the trunk, in the poses' unit.
std::vector<float> trunk_lengths(const std::array<std::size_t, 4>& trunk, std::size_t joint_count,
                                 const std::vector<Vec3>& joints, const std::vector<JointState>& state) {
  std::vector<float> lengths;
  for (std::size_t first = 0; first < joints.size(); first += joint_count) {
    if (std::ranges::any_of(trunk, [&](std::size_t j) { return state[first + j] == JointState::missing; })) continue;
    std::array<float, 2> up{};
    for (std::size_t axis = 0; axis < 2; ++axis) {
      const auto at = [&](std::size_t k) { return joints[first + trunk[k]][axis]; };
      up[axis] = 0.5F * (at(2) + at(3) - at(0) - at(1));
    }
    lengths.push_back(std::hypot(up[0], up[1]));
  }
  return lengths;
}

}  // namespace

float planar_scale(const JointLayout& layout, const std::vector<Vec3>& joints, const std::vector<JointState>& state) {
  std::array<std::size_t, 4> trunk{};
  for (std::size_t k = 0; k < trunk.size(); ++k) {
    const auto found = std::ranges::find(layout.joints, kTrunk[k]);
    if (found == layout.joints.end()) return 1.0F;
    trunk[k] = static_cast<std::size_t>(found - layout.joints.begin());
  }
  std::vector<float> lengths = trunk_lengths(trunk, layout.size(), joints, state);
  if (lengths.empty()) return 1.0F;
  const auto quartile = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() * 3 / 4);
  std::ranges::nth_element(lengths, quartile);
  return *quartile > 0.0F ? kTrunkLength / *quartile : 1.0F;
}

void lift_planar(float scale, std::vector<Vec3>& joints) {
  for (Vec3& joint : joints) joint = {scale * joint[0], scale * joint[1], 0.0F};
}

}  // namespace purlscope::core
