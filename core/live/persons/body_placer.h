#pragma once

#include <memory>
#include <optional>

#include "core/live/live_frame.h"
#include "core/live/parser/mediapipe.h"

namespace purlscope::core {

/// How the camera stands.
struct BodyPlacing {
  bool mirror = false;         ///< the picture is a mirror image, as front cameras make it: left and right change
  std::optional<double> tilt;  ///< degrees by which the camera looks down; empty = found from the standing body
};

/// Makes a body in space of MediaPipe's landmarks, in the camera frame of Person: metres, x to the person's right when
/// facing, y up, z away; the origin is where the hips were first seen.
/// - World landmarks are turned half about the depth axis: (-x, -y, z).
/// - They are about the hips, so the root's way is added: how the hips move in the picture, times metres a pixel (the
///   size of shoulders and hips in the world landmarks over that in the picture). Depth stays that of the first frame.
/// - The camera's tilt is levelled: for persons who stand straight, ankles to shoulders is upright in the mean.
/// - A picture counts only where shoulders, hips and knees are seen (visibility > 0.5): of close-ups and of legs alone
///   MediaPipe invents the rest.
/// - MediaPipe follows one person and may jump to another. A body that is not where it can have come is held back, and
///   after kPatience is another person with an id of its own.
/// Joint states by visibility: `given` from 0.5, `inferred` from 0.1, below it `missing`. Thread: one.
class BodyPlacer {
 public:
  explicit BodyPlacer(BodyPlacing placing);

  static constexpr float kSeen = 0.5F;        ///< visibility
  static constexpr float kGuessed = 0.1F;     ///< visibility
  static constexpr double kPatience = 0.3;    ///< seconds
  static constexpr double kNoise = 0.15;      ///< metres that the hips may jump
  static constexpr double kFastest = 4.0;     ///< metres a second beyond that: a quick run
  static constexpr double kLongestWay = 1.5;  ///< metres, however long nobody was seen
  static constexpr double kScaleStep = 1.6;   ///< factor by which the size may change at once

  /// @param time  seconds, rising
  /// @return empty when the picture does not count
  std::optional<LivePerson> place(const PoseLandmarks& pose, double time);

  /// Degrees by which the camera looks down, as stated or found so far.
  double tilt() const { return tilt_; }

 private:
  using Vec2 = std::array<double, 2>;
  /// Where a body is in the picture.
  struct Sight {
    Vec2 hips{};         ///< pixels, their middle
    double scale = 0.0;  ///< metres a pixel at the body's depth
    double time = 0.0;
  };

  static bool counts(const PoseLandmarks& pose);
  static std::optional<Sight> sight_of(const PoseLandmarks& pose, double time);
  static bool can_follow(const Sight& last, const Sight& now);
  bool accept(const Sight& now);
  void learn_tilt(const PoseLandmarks& pose);
  LivePerson person_of(const PoseLandmarks& pose) const;

  BodyPlacing placing_;
  std::shared_ptr<const JointLayout> layout_;
  std::optional<Sight> last_;       ///< of the person who is followed
  std::optional<Sight> candidate_;  ///< of another, held back
  double candidate_since_ = 0.0;
  int person_ = 0;  ///< id of the person who is followed
  Vec2 root_{};     ///< metres since the person was first seen; right and down in the picture
  double tilt_ = 0.0;
  Vec2 upright_{};  ///< mean of the upright directions (up, towards the camera)
  int upright_count_ = 0;
};

}  // namespace purlscope::core
