#include "app/studio/panels/attention/joint_groups.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

namespace purlscope::app {
namespace {

template <std::size_t N>
bool has_any(const std::string& name, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

constexpr std::array<std::string_view, 7> kArm = {"shoulder", "elbow", "wrist", "hand", "thumb", "finger", "clavicle"};
constexpr std::array<std::string_view, 6> kLeg = {"hip", "knee", "ankle", "foot", "toe", "heel"};

class PartWords {
  Q_DECLARE_TR_FUNCTIONS(BodyPart)
};

}  // namespace

BodyPart body_part(const std::string& joint) {
  const bool left = joint.find("left") != std::string::npos;
  const bool right = joint.find("right") != std::string::npos;
  if (!left && !right) return BodyPart::trunk;
  if (has_any(joint, kArm)) return left ? BodyPart::left_arm : BodyPart::right_arm;
  if (has_any(joint, kLeg)) return left ? BodyPart::left_leg : BodyPart::right_leg;
  return BodyPart::trunk;  // eyes, ears
}

QString part_name(BodyPart part) {
  switch (part) {
    case BodyPart::trunk:
      return PartWords::tr("trunk");
    case BodyPart::left_arm:
      return PartWords::tr("left arm");
    case BodyPart::right_arm:
      return PartWords::tr("right arm");
    case BodyPart::left_leg:
      return PartWords::tr("left leg");
    case BodyPart::right_leg:
      return PartWords::tr("right leg");
  }
  return {};
}

std::vector<std::size_t> joints_by_part(const core::JointLayout& layout) {
  std::vector<std::size_t> order(layout.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return body_part(layout.joints[a]) < body_part(layout.joints[b]);
  });
  return order;
}

}  // namespace purlscope::app
