#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// A body as a sensor tracked it: only the frames in which it was seen, so that memory follows the file's size.
struct BodyTrack {
  std::string id;
  std::vector<std::size_t> frames;  ///< [N] ascending
  std::vector<Vec3> joints;         ///< [N, J]
  std::vector<JointState> state;    ///< [N, J]
};

/// A track that went on under a new id.
struct JoinedTrack {
  std::string from, to;
  std::size_t frame = 0;  ///< first frame under the new id
};

/// Sensors lose a body and find it again under a new id. Joins a track to one that ended at most half a second (15
/// frames) before, when the body is still where it was: mean joint distance below 0.3 m, the nearest first.
/// The first id stays. @return what was joined, in order of time
std::vector<JoinedTrack> join_tracks(std::vector<BodyTrack>& tracks, std::size_t joint_count);

/// Spreads a track over the whole clip; frames without it are missing.
Person to_person(const BodyTrack& track, std::size_t frames, std::size_t joint_count);

}  // namespace purlscope::core
