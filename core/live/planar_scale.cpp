#include "core/live/planar_scale.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string_view>

namespace purlscope::core {
namespace {

/// Mean of the joints of these names if all of them are there.
std::optional<Vec3> middle(const JointLayout& layout, const LivePerson& person,
                           std::initializer_list<std::string_view> names) {
  Vec3 sum{};
  for (const std::string_view name : names) {
    const auto found = std::ranges::find(layout.joints, name);
    if (found == layout.joints.end()) return std::nullopt;
    const auto j = static_cast<std::size_t>(found - layout.joints.begin());
    if (person.state[j] == JointState::missing) return std::nullopt;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      sum[axis] += person.joints[j][axis] / static_cast<float>(names.size());
    }
  }
  return sum;
}

}  // namespace

void PlanarScale::to_metres(const JointLayout& layout, std::vector<LivePerson>& persons) {
  for (const LivePerson& person : persons) {
    const auto hips = middle(layout, person, {"left hip", "right hip"});
    const auto top = middle(layout, person, {"left shoulder", "right shoulder"});
    if (!hips || !top) continue;
    const float torso = std::hypot((*hips)[0] - (*top)[0], (*hips)[1] - (*top)[1]);
    if (!(torso > 0.0F) || !std::isfinite(torso)) continue;
    if (torsos_.size() < kSamples) torsos_.push_back(torso);
    if (!origin_) origin_ = hips;
  }
  if (torsos_.empty()) return persons.clear();
  std::vector<float> sorted = torsos_;
  const auto median = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::ranges::nth_element(sorted, median);
  const float scale = kTorso / *median;
  for (LivePerson& person : persons) {
    for (Vec3& joint : person.joints) {
      joint = {scale * ((*origin_)[0] - joint[0]), scale * ((*origin_)[1] - joint[1]), 0.0F};
    }
  }
}

}  // namespace purlscope::core
