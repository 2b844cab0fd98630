#include "core/skeleton/planar_scale.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string_view>

#include "core/base/finite.h"
#include "core/base/median.h"

namespace purlscope::core {
namespace {

using Point = TorsoMeasure::Point;

/// Those of the names that the layout has.
std::vector<std::size_t> joints_named(const JointLayout& layout, std::initializer_list<std::string_view> names) {
  std::vector<std::size_t> found;
  for (const std::string_view name : names) {
    const auto at = std::find(layout.joints.begin(), layout.joints.end(), name);
    if (at != layout.joints.end()) found.push_back(static_cast<std::size_t>(at - layout.joints.begin()));
  }
  return found;
}

/// Middle of those of the joints that are given; empty without any.
std::optional<Point> middle(const PlanarPerson& person, const std::vector<std::size_t>& joints) {
  Point sum{};
  double count = 0.0;
  for (const std::size_t j : joints) {
    if (person.state[j] != JointState::given) continue;
    for (std::size_t axis = 0; axis < 3; ++axis) sum[axis] += person.joints[j][axis];
    count += 1.0;
  }
  if (count == 0.0) return std::nullopt;
  return Point{sum[0] / count, sum[1] / count, sum[2] / count};
}

double distance(const Point& a, const Point& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

}  // namespace

TorsoMeasure::TorsoMeasure(const JointLayout& layout)
    : neck_(joints_named(layout, {"neck"})),
      shoulders_(joints_named(layout, {"left shoulder", "right shoulder"})),
      hips_(joints_named(layout, {"left hip", "right hip"})) {}

std::optional<Point> TorsoMeasure::hips(const PlanarPerson& person) const { return middle(person, hips_); }

std::optional<double> TorsoMeasure::length(const PlanarPerson& person) const {
  auto top = middle(person, neck_);
  if (!top) top = middle(person, shoulders_);
  const auto bottom = hips(person);
  if (!top || !bottom) return std::nullopt;
  return distance(*top, *bottom);
}

std::optional<double> TorsoMeasure::shoulder_width(const PlanarPerson& person) const {
  if (shoulders_.size() != 2) return std::nullopt;
  const auto left = middle(person, {shoulders_[0]});
  const auto right = middle(person, {shoulders_[1]});
  if (!left || !right) return std::nullopt;
  return distance(*left, *right);
}

void PlanarPlacing::place(PlanarPerson& person) const {
  for (std::size_t j = 0; j < person.joints.size(); ++j) {
    if (person.state[j] == JointState::missing) continue;
    Vec3& joint = person.joints[j];
    joint = {static_cast<float>((origin[0] - joint[0]) * scale), static_cast<float>((origin[1] - joint[1]) * scale),
             static_cast<float>(joint[2] * scale)};
    keep_if_finite(joint, person.state[j]);
  }
}

void LivePlanarScale::to_metres(const JointLayout& layout, std::vector<PlanarPerson>& persons) {
  const TorsoMeasure measure(layout);
  for (const PlanarPerson& person : persons) {
    const auto torso = measure.length(person);
    if (!torso || !(*torso > 0.0)) continue;
    if (torsos_.size() < kSamples) torsos_.push_back(*torso);
    if (placing_) continue;
    const Point hips = *measure.hips(person);
    placing_ = PlanarPlacing{1.0, {hips[0], hips[1]}};
  }
  if (!placing_) return persons.clear();
  std::vector<double> sorted = torsos_;
  placing_->scale = kTorsoLength / median(std::span(sorted));
  for (PlanarPerson& person : persons) placing_->place(person);
}

}  // namespace purlscope::core
