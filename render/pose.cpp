#include "render/pose.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace purlscope::render {
namespace {

constexpr double kLongestGap = 3.0;  ///< unseen frames that are bridged
constexpr double kHold = 0.5;        ///< frames for which the end of a longer gap shows the nearest seen one

glm::vec3 to_vec(const core::Vec3& v) { return {v[0], v[1], v[2]}; }

/// Joints of one person around one time.
class Neighbourhood {
 public:
  Neighbourhood(const core::Clip& clip, std::size_t person, double seconds)
      : clip_(clip), person_(clip.persons[person]), joints_(clip.joint_count()), rate_(clip.rate()) {
    seconds_ = std::clamp(seconds, clip.times.front(), clip.times.back());
    const auto after = std::upper_bound(clip.times.begin(), clip.times.end(), seconds_);
    before_ = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - clip.times.begin() - 1, 0));
  }

  void joint(std::size_t j, glm::vec3& position, core::JointState& state) const {
    const auto a = last_seen(j);
    const auto b = a && clip_.times[*a] == seconds_ ? a : next_seen(j);
    if (a && b && *a == *b) return copy(j, *a, position, state);
    if (a && b && unseen_frames(*a, *b) <= kLongestGap + 0.5) return blend(j, *a, *b, position, state);
    const auto nearest = !a ? b : !b ? a : (seconds_ - clip_.times[*a] <= clip_.times[*b] - seconds_ ? a : b);
    if (nearest && std::abs(clip_.times[*nearest] - seconds_) * rate_ <= kHold) copy(j, *nearest, position, state);
  }

 private:
  bool seen(std::size_t frame, std::size_t j) const {
    return person_.state[frame * joints_ + j] != core::JointState::missing;
  }

  // Farther than the longest gap no frame can matter, so the search is short.
  std::optional<std::size_t> last_seen(std::size_t j) const {
    for (std::size_t frame = before_ + 1; frame-- > 0;) {
      if (seen(frame, j)) return frame;
      if (before_ - frame > static_cast<std::size_t>(kLongestGap)) break;
    }
    return std::nullopt;
  }

  std::optional<std::size_t> next_seen(std::size_t j) const {
    const std::size_t last = std::min(clip_.frames, before_ + 3 + static_cast<std::size_t>(kLongestGap));
    for (std::size_t frame = before_ + 1; frame < last; ++frame) {
      if (seen(frame, j)) return frame;
    }
    return std::nullopt;
  }

  double unseen_frames(std::size_t a, std::size_t b) const { return (clip_.times[b] - clip_.times[a]) * rate_ - 1; }

  void copy(std::size_t j, std::size_t frame, glm::vec3& position, core::JointState& state) const {
    position = to_vec(person_.joints[frame * joints_ + j]);
    state = person_.state[frame * joints_ + j];
  }

  void blend(std::size_t j, std::size_t a, std::size_t b, glm::vec3& position, core::JointState& state) const {
    const double share = (seconds_ - clip_.times[a]) / (clip_.times[b] - clip_.times[a]);
    position = glm::mix(to_vec(person_.joints[a * joints_ + j]), to_vec(person_.joints[b * joints_ + j]),
                        static_cast<float>(share));
    const bool measured = b == a + 1 && person_.state[a * joints_ + j] == core::JointState::given &&
                          person_.state[b * joints_ + j] == core::JointState::given;
    state = measured ? core::JointState::given : core::JointState::inferred;
  }

  const core::Clip& clip_;
  const core::Person& person_;
  std::size_t joints_;
  double rate_;
  double seconds_ = 0;
  std::size_t before_ = 0;
};

}  // namespace

Pose pose_at(const core::Clip& clip, std::size_t person, double seconds) {
  Pose pose;
  pose.joints.resize(clip.joint_count(), glm::vec3(0));
  pose.state.resize(clip.joint_count(), core::JointState::missing);
  if (clip.frames == 0 || clip.times.empty() || !std::isfinite(seconds)) return pose;
  const Neighbourhood around(clip, person, seconds);
  for (std::size_t j = 0; j < pose.joints.size(); ++j) around.joint(j, pose.joints[j], pose.state[j]);
  return pose;
}

}  // namespace purlscope::render
