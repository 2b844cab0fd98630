#include "models/structured/kinematics/attributes.h"

#include "models/structured/kinematics/attribute_list.h"

namespace purlscope::models::structured {
namespace {

AttributeList measure(const Motion& motion) {
  AttributeList out;
  add_hand_places(out, motion);
  add_paths(out, motion);
  add_hand_gestures(out, motion);
  add_hand_relations(out, motion);
  add_angles(out, motion);
  add_inclination(out, motion);
  add_travel(out, motion);
  add_stance(out, motion);
  return out;
}

}  // namespace

const std::vector<Side>& sides() {
  using namespace joint;
  static const std::vector<Side> both = {
      {"left", -1.0, left_shoulder, left_elbow, left_wrist, left_hand, left_hip, left_knee, left_ankle},
      {"right", 1.0, right_shoulder, right_elbow, right_wrist, right_hand, right_hip, right_knee, right_ankle}};
  return both;
}

const std::vector<std::string>& thirds() {
  static const std::vector<std::string> names = {"start", "middle", "end"};
  return names;
}

std::span<const double> in_slot(std::span<const double> series, std::size_t slot) {
  return series.subspan(kSlotFrames[slot].begin, kSlotFrames[slot].end - kSlotFrames[slot].begin);
}

double room_path(const Motion& motion, std::size_t joint) { return path_length(motion.track(joint)); }

const std::vector<Attribute>& attributes() {
  static const std::vector<Attribute> described = measure(Motion(std::vector<Point>(kFrames * kJoints))).described();
  return described;
}

std::vector<float> attribute_values(const Motion& motion) { return measure(motion).values(); }

}  // namespace purlscope::models::structured
