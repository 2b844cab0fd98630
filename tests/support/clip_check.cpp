#include "tests/support/clip_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace purlscope::test {
namespace {

std::string inconsistency(const core::Person& person, std::size_t expected) {
  if (person.joints.size() != expected || person.state.size() != expected) {
    return fmt::format("person {} has {} joints and {} states, expected {}", person.id, person.joints.size(),
                       person.state.size(), expected);
  }
  for (std::size_t i = 0; i < expected; ++i) {
    const core::Vec3& joint = person.joints[i];
    if (!std::ranges::all_of(joint, [](float value) { return std::isfinite(value); })) {
      return fmt::format("person {}: joint {} is not finite", person.id, i);
    }
    if (person.state[i] == core::JointState::missing && joint != core::Vec3{}) {
      return fmt::format("person {}: joint {} is missing and not zero", person.id, i);
    }
  }
  return {};
}

}  // namespace

std::string inconsistency(const core::Clip& clip) {
  if (!clip.layout) return "no layout";
  if (clip.frames == 0) return "no frames";
  if (clip.times.size() != clip.frames) return fmt::format("{} times for {} frames", clip.times.size(), clip.frames);
  if (!std::ranges::all_of(clip.times, [](double t) { return std::isfinite(t); })) return "a time is not finite";
  if (!std::ranges::is_sorted(clip.times)) return "times go back";
  if (clip.fps && !(*clip.fps > 0 && std::isfinite(*clip.fps))) return fmt::format("{} frames per second", *clip.fps);
  for (const core::Segment& segment : clip.segments) {
    if (!(segment.begin <= segment.end)) return fmt::format("segment {} ends before it begins", segment.label);
  }
  for (const core::Person& person : clip.persons) {
    if (auto broken = inconsistency(person, clip.frames * clip.joint_count()); !broken.empty()) return broken;
  }
  return {};
}

}  // namespace purlscope::test
