#include "core/skeleton/retarget.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::core {
namespace {

RetargetMap identity(const std::string& id) {
  RetargetMap map{joint_layout(id), joint_layout(id), {}, {}};
  for (int j = 0; j < static_cast<int>(map.to->size()); ++j) map.terms.push_back({{j, 1.0F}});
  map.state.assign(map.to->size(), JointState::given);
  return map;
}

/// A joint of the data file is the name of a source joint (a copy) or weights by source joint (a computed one).
void parse_joint(const nlohmann::json& value, std::size_t target, RetargetMap& map) {
  if (value.is_string()) {
    map.terms[target].push_back({map.from->joint(value.get<std::string>()), 1.0F});
    map.state[target] = JointState::given;
    return;
  }
  for (const auto& [name, weight] : value.items()) {
    map.terms[target].push_back({map.from->joint(name), weight.get<float>()});
  }
  map.state[target] = JointState::inferred;
}

RetargetMap parse(const std::filesystem::path& file) {
  std::ifstream in(file);
  try {
    const nlohmann::json json = nlohmann::json::parse(in);
    RetargetMap map{
        joint_layout(json.at("from").get<std::string>()), joint_layout(json.at("to").get<std::string>()), {}, {}};
    map.terms.resize(map.to->size());
    map.state.assign(map.to->size(), JointState::missing);
    for (const auto& [name, value] : json.at("joints").items()) {
      parse_joint(value, static_cast<std::size_t>(map.to->joint(name)), map);
    }
    return map;
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}", file.string(), error.what()));
  }
}

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

std::shared_ptr<const RetargetMap> load(const std::string& from, const std::string& to) {
  if (from == to) return std::make_shared<RetargetMap>(identity(from));
  const std::filesystem::path file = resource("layouts/maps") / fmt::format("{}_to_{}.json", from, to);
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    throw Error(Code::shape_mismatch,
                fmt::format("no map from joint layout {} to {}; use a model made for {}", from, to, from));
  }
  return std::make_shared<RetargetMap>(parse(file));
}

}  // namespace

void RetargetMap::apply(const Vec3* in, const JointState* in_state, Vec3* out, JointState* out_state) const {
  for (std::size_t target = 0; target < terms.size(); ++target) {
    out[target] = {};
    out_state[target] = state[target];
    for (const RetargetTerm& term : terms[target]) {
      const auto source = static_cast<std::size_t>(term.source);
      if (in_state[source] == JointState::missing) {
        out[target] = {};
        out_state[target] = JointState::missing;
        break;
      }
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

std::shared_ptr<const RetargetMap> retarget_map(const std::string& from, const std::string& to) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, std::shared_ptr<const RetargetMap>> known;
  const std::lock_guard lock(mutex);
  auto& map = known[{from, to}];
  if (!map) map = load(from, to);
  return map;
}

}  // namespace purlscope::core
