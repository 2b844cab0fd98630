#include "core/skeleton/planar_person.h"

#include <algorithm>

#include "core/base/finite.h"

namespace purlscope::core {

PlanarPerson empty_person(const JointLayout& layout) {
  return {std::vector<Vec3>(layout.size()),
          std::vector<JointState>(layout.size(), JointState::missing),
          std::vector<float>(layout.size()),
          {}};
}

void place_joint(PlanarPerson& person, std::size_t joint, Vec3 position, float score) {
  if (!is_finite(position) || position == Vec3{} || !(score > 0.0F)) return;
  person.joints[joint] = position;
  person.state[joint] = score < kSureScore ? JointState::inferred : JointState::given;
  person.score[joint] = score;
}

bool is_seen(const PlanarPerson& person) {
  return std::any_of(person.state.begin(), person.state.end(),
                     [](JointState state) { return state != JointState::missing; });
}

}  // namespace purlscope::core
