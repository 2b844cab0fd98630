#include "core/formats/readers/body_tracks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <utility>

namespace purlscope::core {
namespace {

constexpr std::size_t kLongestGap = 15;  // frames
constexpr double kFarthestJump = 0.3;    // metres
constexpr double kNever = std::numeric_limits<double>::infinity();

/// Mean distance of the joints that both poses have, infinite when they share none or it is beyond kFarthestJump for
/// certain. Metres.
double pose_distance(const Vec3* a, const JointState* a_state, const Vec3* b, const JointState* b_state,
                     std::size_t joints) {
  double sum = 0.0;
  std::size_t shared = 0;
  for (std::size_t j = 0; j < joints; ++j) {
    if (a_state[j] == JointState::missing || b_state[j] == JointState::missing) continue;
    sum += std::hypot(a[j][0] - b[j][0], a[j][1] - b[j][1], a[j][2] - b[j][2]);
    ++shared;
    if (sum >= kFarthestJump * static_cast<double>(joints)) return kNever;
  }
  return shared == 0 ? kNever : sum / static_cast<double>(shared);
}

double jump(const BodyTrack& before, const BodyTrack& after, std::size_t joints) {
  const std::size_t offset = (before.frames.size() - 1) * joints;
  return pose_distance(before.joints.data() + offset, before.state.data() + offset, after.joints.data(),
                       after.state.data(), joints);
}

void append(BodyTrack& to, const BodyTrack& from) {
  to.frames.insert(to.frames.end(), from.frames.begin(), from.frames.end());
  to.joints.insert(to.joints.end(), from.joints.begin(), from.joints.end());
  to.state.insert(to.state.end(), from.state.begin(), from.state.end());
}

/// Tracks by the frame in which they end, so that only those within reach of a new one are looked at: their number is
/// bounded by the bodies of a few frames, not by those of the file.
class Ends {
 public:
  void add(std::size_t frame, std::size_t track) { at_[frame].push_back(track); }
  void remove(std::size_t frame, std::size_t track) { std::erase(at_[frame], track); }

  /// Calls `visit` for every track that ends at most kLongestGap frames before `frame`.
  template <typename Visit>
  void before(std::size_t frame, Visit visit) const {
    for (std::size_t gap = 1; gap <= std::min(kLongestGap, frame); ++gap) {
      const auto found = at_.find(frame - gap);
      if (found != at_.end()) std::ranges::for_each(found->second, visit);
    }
  }

 private:
  std::unordered_map<std::size_t, std::vector<std::size_t>> at_;
};

}  // namespace

std::vector<JoinedTrack> join_tracks(std::vector<BodyTrack>& tracks, std::size_t joint_count) {
  std::stable_sort(tracks.begin(), tracks.end(),
                   [](const BodyTrack& a, const BodyTrack& b) { return a.frames.front() < b.frames.front(); });
  std::vector<JoinedTrack> joined;
  std::vector<BodyTrack> kept;
  Ends ends;
  for (BodyTrack& track : tracks) {
    // Of two at the same distance the one that appeared first goes on.
    std::pair<double, std::size_t> nearest{kFarthestJump, 0};
    ends.before(track.frames.front(), [&](std::size_t candidate) {
      nearest = std::min(nearest, {jump(kept[candidate], track, joint_count), candidate});
    });
    const std::size_t last = track.frames.back();
    if (nearest.first >= kFarthestJump) {
      ends.add(last, kept.size());
      kept.push_back(std::move(track));
      continue;
    }
    BodyTrack& before = kept[nearest.second];
    joined.push_back({before.id, track.id, track.frames.front()});
    ends.remove(before.frames.back(), nearest.second);
    ends.add(last, nearest.second);
    append(before, track);
  }
  tracks = std::move(kept);
  return joined;
}

Person to_person(const BodyTrack& track, std::size_t frames, std::size_t joint_count) {
  Person person;
  person.id = track.id;
  person.joints.resize(frames * joint_count);
  person.state.assign(frames * joint_count, JointState::missing);
  for (std::size_t i = 0; i < track.frames.size(); ++i) {
    const auto from = static_cast<std::ptrdiff_t>(i * joint_count);
    const auto to = static_cast<std::ptrdiff_t>(track.frames[i] * joint_count);
    std::copy_n(track.joints.begin() + from, joint_count, person.joints.begin() + to);
    std::copy_n(track.state.begin() + from, joint_count, person.state.begin() + to);
  }
  return person;
}

}  // namespace purlscope::core
