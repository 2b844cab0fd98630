#include "core/skeleton/gaps.h"

#include <algorithm>
#include <utility>

namespace purlscope::core {
namespace {

/// Makes joint `j` in the frames between two that have it.
void interpolate(const std::vector<double>& times, std::size_t before, std::size_t after, std::size_t j,
                 PersonTrack& track) {
  const double begin = times[track.frames[before]];
  const double span = times[track.frames[after]] - begin;
  const Vec3& a = track.joints[before * track.joint_count + j];
  const Vec3& b = track.joints[after * track.joint_count + j];
  for (std::size_t k = before + 1; k < after; ++k) {
    const double share = span > 0.0 ? (times[track.frames[k]] - begin) / span
                                    : static_cast<double>(k - before) / static_cast<double>(after - before);
    const std::size_t at = k * track.joint_count + j;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      track.joints[at][axis] = a[axis] + static_cast<float>(share) * (b[axis] - a[axis]);
    }
    track.state[at] = JointState::inferred;
  }
}

}  // namespace

bool PersonTrack::absent(std::size_t k) const {
  const auto begin = state.begin() + static_cast<std::ptrdiff_t>(k * joint_count);
  return std::all_of(begin, begin + static_cast<std::ptrdiff_t>(joint_count),
                     [](JointState s) { return s == JointState::missing; });
}

PersonTrack cut_track(const Person& person, std::size_t joint_count, std::vector<std::size_t> frames) {
  PersonTrack track;
  track.joint_count = joint_count;
  track.joints.reserve(frames.size() * joint_count);
  track.state.reserve(frames.size() * joint_count);
  for (const std::size_t t : frames) {
    const auto begin = static_cast<std::ptrdiff_t>(t * joint_count);
    const auto end = begin + static_cast<std::ptrdiff_t>(joint_count);
    track.joints.insert(track.joints.end(), person.joints.begin() + begin, person.joints.begin() + end);
    track.state.insert(track.state.end(), person.state.begin() + begin, person.state.begin() + end);
  }
  track.frames = std::move(frames);
  return track;
}

void fill_short_gaps(const std::vector<double>& times, PersonTrack& track) {
  const std::size_t count = track.frames.size();
  std::vector<bool> filled(count, false);
  for (std::size_t j = 0; j < track.joint_count; ++j) {
    std::size_t last = count;  // newest frame that has the joint; none yet
    for (std::size_t k = 0; k < count; ++k) {
      if (track.state[k * track.joint_count + j] == JointState::missing) continue;
      if (last < count && k - last > 1 && k - last - 1 <= kLongestFilledGap) {
        interpolate(times, last, k, j, track);
        std::fill(filled.begin() + static_cast<std::ptrdiff_t>(last) + 1,
                  filled.begin() + static_cast<std::ptrdiff_t>(k), true);
      }
      last = k;
    }
  }
  track.filled_frames = static_cast<std::size_t>(std::ranges::count(filled, true));
}

}  // namespace purlscope::core
