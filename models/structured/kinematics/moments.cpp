#include "models/structured/kinematics/moments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/layout.h"
#include "models/structured/kinematics/attribute_list.h"

namespace purlscope::models::structured {
namespace {

constexpr double kSpeedScale = 8.0;  // brings speeds, in torso lengths a frame, to the size of places
constexpr std::array<const char*, 3> kAxes = {"sideways", "height", "depth"};

/// The joints that tell most of a body's posture; the rest follows them closely.
const std::vector<std::size_t>& telling_joints() {
  using namespace joint;
  static const std::vector<std::size_t> joints = {shoulder_centre, head,      left_elbow, left_hand,  right_elbow,
                                                  right_hand,      left_knee, left_ankle, right_knee, right_ankle};
  return joints;
}

/// Adds one value of each axis of a joint's track in a third.
template <typename Value>
void add_axes(AttributeList& out, const Track& track, std::size_t joint, std::size_t third, const char* what,
              Value value) {
  const std::string& name = core::joint_layout(kLayout)->joints[joint];
  const std::size_t begin = std::min(kSlotFrames[third].begin, track.size());
  const std::size_t end = std::min(kSlotFrames[third].end, track.size());
  for (std::size_t axis = 0; axis < kAxes.size(); ++axis) {
    const std::vector<double> series = coordinate(std::span(track).subspan(begin, end - begin), axis);
    out.add(fmt::format("{} {}, {}, {}", name, what, kAxes[axis], thirds()[third]), value(series), {joint}, third);
  }
}

double mean_size(const std::vector<double>& steps) {
  double total = 0;
  for (const double step : steps) total += std::abs(step);
  return steps.empty() ? 0.0 : kSpeedScale * total / static_cast<double>(steps.size());
}

void add_third(AttributeList& out, const Motion& motion, std::size_t third) {
  const auto middle = [](const std::vector<double>& series) { return mean(series); };
  const auto spread = [](const std::vector<double>& series) { return deviation(series); };
  for (const std::size_t j : telling_joints()) {
    add_axes(out, motion.track_from_hips(j), j, third, "place", middle);
    add_axes(out, motion.track_from_hips(j), j, third, "spread", spread);
    add_axes(out, steps(motion.track(j)), j, third, "speed", mean_size);
  }
  Track way = motion.track(joint::hip_centre);
  const Point first = way.front();
  for (Point& point : way) point = point - first;
  add_axes(out, way, joint::hip_centre, third, "way", middle);
}

AttributeList measure(const Motion& motion) {
  AttributeList out;
  for (std::size_t third = 0; third < thirds().size(); ++third) add_third(out, motion, third);
  return out;
}

}  // namespace

const std::vector<Attribute>& moments() {
  static const std::vector<Attribute> described = measure(Motion(std::vector<Point>(kFrames * kJoints))).described();
  return described;
}

std::vector<float> moment_values(const Motion& motion) { return measure(motion).values(); }

}  // namespace purlscope::models::structured
