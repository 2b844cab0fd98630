#include "core/skeleton/clip_changes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/skeleton/retarget.h"

namespace purlscope::core {
namespace {

constexpr double kFastest = 1000.0;  // frames per second
constexpr double kMostFrames = 1e7;
constexpr double kLongestGap = 3.5;  // frames: three are bridged

/// Between which source frames a time lies. `share` 0 = at `before`.
struct Place {
  std::size_t before = 0, after = 0;
  float share = 0.0F;
};

Place place_of(double time, const std::vector<double>& times, double longest_gap) {
  const auto after = std::ranges::upper_bound(times, time);
  if (after == times.begin()) return {};
  const auto index = static_cast<std::size_t>(after - times.begin());
  if (after == times.end()) return {index - 1, index - 1, 0.0F};
  const double step = times[index] - times[index - 1];
  const double into = time - times[index - 1];
  if (into < 1e-9) return {index - 1, index - 1, 0.0F};
  if (step - into < 1e-9) return {index, index, 0.0F};
  if (step > longest_gap) return {index - 1, index, -1.0F};
  return {index - 1, index, static_cast<float>(into / step)};
}

void interpolate(const Person& from, const Place& place, std::size_t joints, std::size_t frame, Person& to) {
  if (place.share < 0.0F) return;  // in a gap
  for (std::size_t j = 0; j < joints; ++j) {
    const std::size_t a = place.before * joints + j;
    const std::size_t b = place.after * joints + j;
    if (from.state[a] == JointState::missing || from.state[b] == JointState::missing) continue;
    const std::size_t target = frame * joints + j;
    to.state[target] = std::max(from.state[a], from.state[b]);  // inferred is above given
    for (std::size_t axis = 0; axis < 3; ++axis) {
      to.joints[target][axis] = place.share == 0.0F
                                    ? from.joints[a][axis]
                                    : (1.0F - place.share) * from.joints[a][axis] + place.share * from.joints[b][axis];
    }
  }
}

void report_losses(const RetargetMap& map, std::vector<std::string>& losses) {
  std::vector<bool> used(map.from->size(), false);
  std::vector<std::string> empty;
  for (std::size_t target = 0; target < map.terms.size(); ++target) {
    for (const RetargetTerm& term : map.terms[target]) used[static_cast<std::size_t>(term.source)] = true;
    if (map.terms[target].empty()) empty.push_back(map.to->joints[target]);
  }
  std::vector<std::string> dropped;
  for (std::size_t j = 0; j < used.size(); ++j) {
    if (!used[j]) dropped.push_back(map.from->joints[j]);
  }
  if (!dropped.empty()) losses.push_back(fmt::format("layout {} has no {}", map.to->id, fmt::join(dropped, ", ")));
  if (!empty.empty()) {
    losses.push_back(fmt::format("layout {} leaves {} of {} empty", map.from->id, fmt::join(empty, ", "), map.to->id));
  }
}

}  // namespace

Clip retarget_clip(const Clip& clip, const std::string& layout, std::vector<std::string>& losses) {
  if (clip.layout->id == layout) return clip;
  const auto map = retarget_map(*clip.layout, layout);
  report_losses(*map, losses);
  Clip result = clip;
  result.layout = map->to;
  const std::size_t from = clip.joint_count();
  const std::size_t to = map->to->size();
  for (Person& person : result.persons) {
    Person moved{person.id, std::vector<Vec3>(clip.frames * to), std::vector<JointState>(clip.frames * to)};
    for (std::size_t t = 0; t < clip.frames; ++t) {
      map->apply(person.joints.data() + t * from, person.state.data() + t * from, moved.joints.data() + t * to,
                 moved.state.data() + t * to);
    }
    person = std::move(moved);
  }
  return result;
}

Clip resample_clip(const Clip& clip, double fps) {
  if (!(fps > 0.0 && fps <= kFastest)) {
    throw Error(Code::bad_argument,
                fmt::format("{} frames per second, expected more than 0 and at most {}", fps, kFastest));
  }
  const double length = clip.duration() * fps;
  if (length > kMostFrames) {
    throw Error(Code::limit,
                fmt::format("{}: {:.0f} frames at {} a second, at most {:.0f} are made; ask for a lower rate",
                            clip.place(), length, fps, kMostFrames));
  }
  Clip result = clip;
  result.frames = std::max<std::size_t>(1, static_cast<std::size_t>(std::llround(length)));
  result.fps = fps;
  result.times.resize(result.frames);
  const double longest_gap = kLongestGap / clip.rate();
  const std::size_t joints = clip.joint_count();
  for (Person& person : result.persons) {
    person.joints.assign(result.frames * joints, Vec3{});
    person.state.assign(result.frames * joints, JointState::missing);
  }
  for (std::size_t t = 0; t < result.frames; ++t) {
    result.times[t] = static_cast<double>(t) / fps;
    const Place place = place_of(result.times[t], clip.times, longest_gap);
    for (std::size_t m = 0; m < clip.persons.size(); ++m) {
      interpolate(clip.persons[m], place, joints, t, result.persons[m]);
    }
  }
  return result;
}

Clip keep_person(const Clip& clip, std::size_t person) {
  if (person >= clip.persons.size()) {
    throw Error(Code::bad_argument, fmt::format("{}: there is no person {}, it has {} persons (counted from 0)",
                                                clip.place(), person, clip.persons.size()));
  }
  Clip result = clip;
  result.persons = {clip.persons[person]};
  return result;
}

}  // namespace purlscope::core
