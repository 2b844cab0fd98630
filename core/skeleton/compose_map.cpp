#include "core/skeleton/compose_map.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/base/error.h"
#include "core/skeleton/joint_names.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kNamesShown = 40;

/// A way to make a point from joints.
struct Way {
  std::vector<RetargetTerm> terms;
  bool copy = true;
};

void add(const Way& part, float weight, Way& sum) {
  for (const RetargetTerm& term : part.terms) {
    const auto same = std::ranges::find(sum.terms, term.source, &RetargetTerm::source);
    if (same == sum.terms.end())
      sum.terms.push_back({term.source, weight * term.weight});
    else
      same->weight += weight * term.weight;
  }
  sum.copy = sum.copy && part.copy;
}

/// All ways to make a sum, the best ways of its parts first. None when one of them cannot be made.
template <typename WaysOf>
void append_ways(const PointSum& sum, WaysOf ways_of, std::vector<Way>& ways) {
  std::vector<Way> made{{{}, sum.copy}};
  for (const auto& [name, weight] : sum.parts) {
    std::vector<Way> longer;
    const std::vector<Way> parts = ways_of(name);
    for (const Way& way : made) {
      for (const Way& part : parts) {
        longer.push_back(way);
        add(part, weight, longer.back());
      }
    }
    made = std::move(longer);
  }
  std::ranges::move(made, std::back_inserter(ways));
}

/// Joints by comparable name; of equal names the first.
using JointIndex = std::unordered_map<std::string, int>;

JointIndex index_of(const std::vector<std::string>& joints) {
  const std::vector<std::string> names = comparable_names(joints);
  JointIndex index;
  for (std::size_t j = 0; j < names.size(); ++j) index.emplace(names[j], static_cast<int>(j));
  return index;
}

/// Body points of one layout's joints.
class PointMaker {
 public:
  PointMaker(const JointIndex& joints, const JointConvention& source) : joints_(joints), source_(source) {}

  /// Ways to make a body point, best first: what the convention states, else by the rules from other points.
  std::vector<Way> point(const std::string& name) {
    if (std::ranges::find(open_, name) != open_.end()) return {};  // a rule that leads back to where it came from
    open_.push_back(name);
    std::vector<Way> ways;
    const auto from_joints = [&](const std::string& joint) { return this->joint(joint); };
    for (const PointSum& sum : recipe(source_.points, name)) append_ways(sum, from_joints, ways);
    if (ways.empty()) {
      const auto from_points = [&](const std::string& other) { return point(other); };
      for (const PointSum& sum : recipe(body_points().rules, name)) append_ways(sum, from_points, ways);
    }
    open_.pop_back();
    return ways;
  }

  std::vector<std::string> essential_points_lacking() {
    std::vector<std::string> lacking;
    for (const std::string& name : body_points().essential) {
      if (point(name).empty()) lacking.push_back(name);
    }
    return lacking;
  }

  std::size_t known_joints() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(joints_, [&](const auto& joint) { return source_.names.contains(joint.first); }));
  }

  static std::span<const PointSum> recipe(const Recipes& recipes, const std::string& name) {
    const auto found = recipes.find(name);
    return found == recipes.end() ? std::span<const PointSum>() : std::span<const PointSum>(found->second);
  }

 private:
  std::vector<Way> joint(const std::string& name) const {
    const auto found = joints_.find(name);
    return found == joints_.end() ? std::vector<Way>() : std::vector<Way>{{{{found->second, 1.0F}}, true}};
  }

  const JointIndex& joints_;
  const JointConvention& source_;
  std::vector<std::string> open_;  ///< points being made
};

/// A convention as the source of an own layout.
struct Candidate {
  const JointConvention* convention = nullptr;
  std::vector<std::string> lacking;
  std::size_t known = 0;

  /// Less is better. A layout goes before a rig, whose head is where the head bone starts.
  auto rank() const { return std::tuple(lacking.size(), -static_cast<long>(known), convention->joints.empty()); }
};

std::ptrdiff_t copies(const RetargetMap& map) { return std::ranges::count(map.state, JointState::given); }

/// True when two maps copy some target from different joints.
bool contradict(const RetargetMap& a, const RetargetMap& b) {
  for (std::size_t j = 0; j < a.terms.size(); ++j) {
    const bool both = a.state[j] == JointState::given && b.state[j] == JointState::given;
    if (both && a.terms[j] != b.terms[j]) return true;
  }
  return false;
}

Error points_lacking(const JointLayout& own, const Candidate& nearest) {
  const std::vector<std::string> shown(
      own.joints.begin(), own.joints.begin() + static_cast<std::ptrdiff_t>(std::min(own.joints.size(), kNamesShown)));
  return {Code::shape_mismatch,
          fmt::format("{}: no joint is known to be the {} (nearest convention of names: {}); its joints are: {}{}; "
                      "rename them by one of the conventions in docs/user/layouts.md",
                      own.title, fmt::join(nearest.lacking, ", "), nearest.convention->title, fmt::join(shown, ", "),
                      shown.size() < own.joints.size() ? fmt::format(" and {} more", own.joints.size() - shown.size())
                                                       : std::string())};
}

}  // namespace

RetargetMap compose_map(const std::shared_ptr<const JointLayout>& from, const JointConvention& source,
                        const std::shared_ptr<const JointLayout>& to, const JointConvention& target) {
  RetargetMap map{from, to, {}, {}, {}};
  const JointIndex joints = index_of(from->joints);
  PointMaker maker(joints, source);
  for (const std::string& joint : to->joints) {
    std::vector<Way> ways;
    for (const PointSum& sum : PointMaker::recipe(target.joints, joint)) {
      append_ways(
          sum, [&](const std::string& point) { return maker.point(point); }, ways);
    }
    auto& terms = map.terms.emplace_back();
    auto& fallbacks = map.fallbacks.emplace_back();
    map.state.push_back(ways.empty()        ? JointState::missing
                        : ways.front().copy ? JointState::given
                                            : JointState::inferred);
    for (std::size_t i = 0; i < ways.size(); ++i) {
      if (i == 0)
        terms = std::move(ways[i].terms);
      else
        fallbacks.push_back(std::move(ways[i].terms));
    }
  }
  return map;
}

const JointConvention& convention_of_own(const JointLayout& own, const std::shared_ptr<const JointLayout>& to,
                                         const JointConvention& target) {
  const JointIndex joints = index_of(own.joints);
  std::vector<Candidate> candidates;
  for (const auto& [id, convention] : joint_conventions()) {
    PointMaker maker(joints, convention);
    candidates.push_back({&convention, maker.essential_points_lacking(), maker.known_joints()});
  }
  std::ranges::stable_sort(candidates, {}, &Candidate::rank);
  if (!candidates.front().lacking.empty()) throw points_lacking(own, candidates.front());
  const auto layout = std::make_shared<const JointLayout>(own);
  const JointConvention* best = nullptr;
  RetargetMap map;
  for (const Candidate& candidate : candidates) {
    if (candidate.rank() != candidates.front().rank()) break;
    RetargetMap other = compose_map(layout, *candidate.convention, to, target);
    if (best != nullptr && contradict(map, other)) {
      throw Error(Code::shape_mismatch,
                  fmt::format("{}: its joints have the names of {} as well as of {}, which lie elsewhere; leave out or "
                              "rename those of one (docs/user/layouts.md)",
                              own.title, best->title, candidate.convention->title));
    }
    if (best != nullptr && copies(other) <= copies(map)) continue;
    best = candidate.convention;
    map = std::move(other);
  }
  return *best;
}

}  // namespace purlscope::core
