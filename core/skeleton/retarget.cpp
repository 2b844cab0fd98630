#include "core/skeleton/retarget.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "core/base/error.h"
#include "core/skeleton/compose_map.h"

namespace purlscope::core {
namespace {

RetargetMap identity(const std::shared_ptr<const JointLayout>& layout) {
  RetargetMap map{layout, layout, {}, {}, {}};
  for (int j = 0; j < static_cast<int>(layout->size()); ++j) map.terms.push_back({{j, 1.0F}});
  map.state.assign(layout->size(), JointState::given);
  map.fallbacks.resize(layout->size());
  return map;
}

std::shared_ptr<const JointLayout> target_layout(const std::string& from, const std::string& to) {
  const std::vector<std::string> ids = joint_layout_ids();
  if (std::ranges::find(ids, to) != ids.end()) return joint_layout(to);
  throw Error(Code::shape_mismatch, fmt::format("no map from joint layout {} to {}; a model's layout is one of {}",
                                                from, to, fmt::join(ids, ", ")));
}

const JointConvention& convention_of(const JointLayout& layout) { return joint_conventions().find(layout.id)->second; }

RetargetMap make_map(const std::string& from, const std::string& to) {
  const auto source = joint_layout(from);
  if (from == to) return identity(source);
  const auto target = target_layout(from, to);
  return compose_map(source, convention_of(*source), target, convention_of(*target));
}

}  // namespace

std::shared_ptr<const RetargetMap> retarget_map(const std::string& from, const std::string& to) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, std::shared_ptr<const RetargetMap>> known;
  const std::lock_guard lock(mutex);
  auto& map = known[{from, to}];
  if (!map) map = std::make_shared<RetargetMap>(make_map(from, to));
  return map;
}

std::shared_ptr<const RetargetMap> retarget_map(const JointLayout& from, const std::string& to) {
  if (from.id != "own") return retarget_map(from.id, to);
  const auto source = std::make_shared<const JointLayout>(from);
  if (to == from.id) return std::make_shared<RetargetMap>(identity(source));
  const auto target = target_layout(from.title, to);
  const JointConvention& into = convention_of(*target);
  return std::make_shared<RetargetMap>(compose_map(source, convention_of_own(from, target, into), target, into));
}

}  // namespace purlscope::core
