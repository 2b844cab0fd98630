#include "core/skeleton/retarget_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

/// Share of a target's attention that each of its sources gets: its weight among those above zero. Where a source is
/// subtracted, the target lies beyond another one, which stands for it. [terms]
std::vector<float> shares(const std::vector<RetargetTerm>& terms) {
  float sum = 0.0F;
  for (const RetargetTerm& term : terms) sum += std::max(term.weight, 0.0F);
  std::vector<float> parts;
  parts.reserve(terms.size());
  for (const RetargetTerm& term : terms) parts.push_back(std::max(term.weight, 0.0F) / sum);
  return parts;
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
  for (std::size_t target = 0; target < terms.size(); ++target) {
    const std::vector<float> parts = shares(terms[target]);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i] <= 0.0F) continue;
      float& value = back[static_cast<std::size_t>(terms[target][i].source)];
      value = (std::isnan(value) ? 0.0F : value) + parts[i] * values[target];
    }
  }
  return back;
}

}  // namespace purlscope::core
