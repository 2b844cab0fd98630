#include "core/skeleton/retarget_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

/// Where a target's value is shown: on the joint that it copies, else on the one that weighs most in it unless that is
/// copied by another target. [J_to], -1 = nowhere.
std::vector<int> home_joints(const RetargetMap& map) {
  std::vector<int> homes(map.terms.size(), -1);
  std::vector<bool> copied(map.from->size(), false);
  for (std::size_t target = 0; target < map.terms.size(); ++target) {
    if (map.state[target] != JointState::given) continue;
    homes[target] = map.terms[target].front().source;
    copied[static_cast<std::size_t>(homes[target])] = true;
  }
  for (std::size_t target = 0; target < map.terms.size(); ++target) {
    if (map.state[target] != JointState::inferred || map.terms[target].empty()) continue;
    const int heaviest = std::ranges::max_element(map.terms[target], {}, &RetargetTerm::weight)->source;
    if (!copied[static_cast<std::size_t>(heaviest)]) homes[target] = heaviest;
  }
  return homes;
}

bool all_there(const std::vector<RetargetTerm>& terms, const JointState* in_state) {
  return std::ranges::all_of(terms, [&](const RetargetTerm& term) {
    return in_state[static_cast<std::size_t>(term.source)] != JointState::missing;
  });
}

}  // namespace

void RetargetMap::apply(const Vec3* in, const JointState* in_state, Vec3* out, JointState* out_state) const {
  for (std::size_t target = 0; target < terms.size(); ++target) {
    out[target] = {};
    out_state[target] = state[target];
    const std::vector<RetargetTerm>* way = &terms[target];
    if (!all_there(*way, in_state)) {
      const auto fallback =
          std::ranges::find_if(fallbacks[target], [&](const auto& w) { return all_there(w, in_state); });
      out_state[target] = fallback == fallbacks[target].end() ? JointState::missing : JointState::inferred;
      if (fallback == fallbacks[target].end()) continue;
      way = &*fallback;
    }
    for (const RetargetTerm& term : *way) {
      const auto source = static_cast<std::size_t>(term.source);
      if (in_state[source] == JointState::inferred) out_state[target] = JointState::inferred;
      for (std::size_t axis = 0; axis < 3; ++axis) out[target][axis] += term.weight * in[source][axis];
    }
  }
}

std::vector<float> RetargetMap::map_back(const std::vector<float>& values) const {
  if (values.size() != terms.size()) {
    throw Error(Code::shape_mismatch,
                fmt::format("{} values for the {} joints of layout {}", values.size(), terms.size(), to->id));
  }
  std::vector<float> back(from->size(), std::numeric_limits<float>::quiet_NaN());
  const std::vector<int> homes = home_joints(*this);
  std::vector<float> sharing(from->size(), 0.0F);
  for (std::size_t target = 0; target < terms.size(); ++target) {
    if (homes[target] < 0) continue;
    const auto source = static_cast<std::size_t>(homes[target]);
    const float before = sharing[source];
    back[source] = before == 0.0F ? values[target] : (back[source] * before + values[target]) / (before + 1.0F);
    sharing[source] = before + 1.0F;
  }
  return back;
}

}  // namespace purlscope::core
