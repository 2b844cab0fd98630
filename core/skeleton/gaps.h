#pragma once

#include <cstddef>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// Gaps of more source frames stay gaps: nothing is invented.
inline constexpr std::size_t kLongestFilledGap = 3;

/// One person in some frames of a clip, in the clip's layout.
struct PersonTrack {
  std::vector<std::size_t> frames;  ///< [K] of the clip, rising
  std::size_t joint_count = 0;
  std::vector<Vec3> joints;       ///< [K, J] metres
  std::vector<JointState> state;  ///< [K, J]
  std::size_t filled_frames = 0;  ///< in which fill_short_gaps() made at least one joint

  /// True when every joint is missing in the frame. @param k  index in `frames`
  bool absent(std::size_t k) const;
};

/// @param joint_count  of the person's layout
/// @param frames       of the clip, rising
PersonTrack cut_track(const Person& person, std::size_t joint_count, std::vector<std::size_t> frames);

/// Interpolates each joint over runs of at most kLongestFilledGap frames in which it is missing, between the frames
/// before and after the run by their time stamps, and marks it inferred. Runs at either end stay.
/// @param times  [T] seconds of the clip's frames
void fill_short_gaps(const std::vector<double>& times, PersonTrack& track);

}  // namespace purlscope::core
