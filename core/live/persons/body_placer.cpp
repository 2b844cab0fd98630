#include "core/live/persons/body_placer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace purlscope::core {
namespace {

// Landmarks, left before right.
constexpr std::array<std::size_t, 2> kShoulders = {11, 12};
constexpr std::array<std::size_t, 2> kHips = {23, 24};
constexpr std::array<std::size_t, 2> kKnees = {25, 26};
constexpr std::array<std::size_t, 2> kAnkles = {27, 28};
constexpr std::array<std::size_t, 4> kTorso = {11, 12, 23, 24};

constexpr double kDegrees = 180.0 / std::numbers::pi;
constexpr double kStraight = 150.0;     // degrees at knees and hips from which a body stands
constexpr double kSteepest = 40.0;      // degrees; a body that leans more does not stand
constexpr int kTiltFrames = 150;        // frames over which the mean reaches back
constexpr double kSmallestTorso = 4.0;  // pixels, root of the sum of squares about the middle

using Point = std::array<double, 3>;

Point middle(const PoseLandmarks& pose, const std::array<std::size_t, 2>& pair) {
  Point sum{};
  for (const std::size_t j : pair) {
    for (std::size_t axis = 0; axis < 3; ++axis) sum[axis] += static_cast<double>(pose.world[j][axis]) / 2.0;
  }
  return sum;
}

Point minus(const Point& a, const Point& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
double dot(const Point& a, const Point& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/// Degrees at `b` between `a` and `c`.
double angle_at(const Point& b, const Point& a, const Point& c) {
  const Point u = minus(a, b);
  const Point v = minus(c, b);
  const double length = std::sqrt(dot(u, u) * dot(v, v));
  return length > 0.0 ? kDegrees * std::acos(std::clamp(dot(u, v) / length, -1.0, 1.0)) : 0.0;
}

bool all_seen(const PoseLandmarks& pose, const std::array<std::size_t, 2>& pair) {
  return std::ranges::all_of(pair, [&](std::size_t j) { return pose.visibility[j] > BodyPlacer::kSeen; });
}

bool stands(const PoseLandmarks& pose) {
  const Point hips = middle(pose, kHips);
  const Point knees = middle(pose, kKnees);
  return all_seen(pose, kAnkles) && angle_at(hips, middle(pose, kShoulders), knees) > kStraight &&
         angle_at(knees, hips, middle(pose, kAnkles)) > kStraight;
}

JointState state_of(float visibility) {
  if (visibility >= BodyPlacer::kSeen) return JointState::given;
  return visibility >= BodyPlacer::kGuessed ? JointState::inferred : JointState::missing;
}

}  // namespace

BodyPlacer::BodyPlacer(BodyPlacing placing)
    : placing_(placing), layout_(joint_layout("mediapipe33")), tilt_(placing.tilt.value_or(0.0)) {}

bool BodyPlacer::counts(const PoseLandmarks& pose) {
  return all_seen(pose, kShoulders) && all_seen(pose, kHips) && all_seen(pose, kKnees);
}

/// Empty when the body is too small, or seen along its axis.
std::optional<BodyPlacer::Sight> BodyPlacer::sight_of(const PoseLandmarks& pose, double time) {
  Sight sight;
  sight.time = time;
  const auto pixel = [&](std::size_t j) {
    return Vec2{static_cast<double>(pose.image[j][0]) * pose.width,
                static_cast<double>(pose.image[j][1]) * pose.height};
  };
  for (std::size_t axis = 0; axis < 2; ++axis) {
    for (const std::size_t j : kHips) sight.hips[axis] += pixel(j)[axis] / 2.0;
  }
  double in_picture = 0.0;
  double in_space = 0.0;
  for (std::size_t axis = 0; axis < 2; ++axis) {
    double pixels = 0.0;
    double metres = 0.0;
    for (const std::size_t j : kTorso) {
      pixels += pixel(j)[axis] / 4.0;
      metres += static_cast<double>(pose.world[j][axis]) / 4.0;
    }
    for (const std::size_t j : kTorso) {
      in_picture += std::pow(pixel(j)[axis] - pixels, 2);
      in_space += std::pow(static_cast<double>(pose.world[j][axis]) - metres, 2);
    }
  }
  if (in_picture < kSmallestTorso * kSmallestTorso || in_space <= 0.0) return std::nullopt;
  sight.scale = std::sqrt(in_space / in_picture);
  return sight;
}

bool BodyPlacer::can_follow(const Sight& last, const Sight& now) {
  const double scale = (last.scale + now.scale) / 2.0;
  const double way = scale * std::hypot(now.hips[0] - last.hips[0], now.hips[1] - last.hips[1]);
  const double growth = std::max(now.scale / last.scale, last.scale / now.scale);
  return way <= std::min(kNoise + kFastest * (now.time - last.time), kLongestWay) && growth <= kScaleStep;
}

/// Follows the body, or holds it back. @return whether it is the person who is followed
bool BodyPlacer::accept(const Sight& now) {
  if (last_ && can_follow(*last_, now)) {
    const double scale = (last_->scale + now.scale) / 2.0;
    for (std::size_t axis = 0; axis < 2; ++axis) root_[axis] += scale * (now.hips[axis] - last_->hips[axis]);
    last_ = now;
    candidate_.reset();
    return true;
  }
  if (last_) {
    if (!candidate_ || !can_follow(*candidate_, now)) candidate_since_ = now.time;
    candidate_ = now;
    if (now.time - candidate_since_ < kPatience) return false;
  }
  ++person_;
  root_ = {};
  last_ = now;
  candidate_.reset();
  return true;
}

void BodyPlacer::learn_tilt(const PoseLandmarks& pose) {
  if (placing_.tilt || !stands(pose)) return;
  const Point axis = minus(middle(pose, kShoulders), middle(pose, kAnkles));
  const double up = -axis[1];
  const double toward = -axis[2];
  const double length = std::hypot(up, toward);
  if (length <= 0.0 || kDegrees * std::abs(std::atan2(toward, up)) > kSteepest) return;
  upright_count_ = std::min(upright_count_ + 1, kTiltFrames);
  upright_[0] += (up / length - upright_[0]) / upright_count_;
  upright_[1] += (toward / length - upright_[1]) / upright_count_;
  tilt_ = kDegrees * std::atan2(upright_[1], upright_[0]);
}

LivePerson BodyPlacer::person_of(const PoseLandmarks& pose) const {
  const double cosine = std::cos(tilt_ / kDegrees);
  const double sine = std::sin(tilt_ / kDegrees);
  LivePerson person;
  person.id = fmt::format("{}", person_);
  person.joints.resize(PoseLandmarks::kCount);
  person.state.resize(PoseLandmarks::kCount);
  person.confidence.resize(PoseLandmarks::kCount);
  for (std::size_t j = 0; j < PoseLandmarks::kCount; ++j) {
    const std::size_t to = placing_.mirror ? static_cast<std::size_t>(layout_->mirror[j]) : j;
    const double right = static_cast<double>(pose.world[j][0]) + root_[0];
    const double up = -(static_cast<double>(pose.world[j][1]) + root_[1]);
    const auto away = static_cast<double>(pose.world[j][2]);
    person.joints[to] = {static_cast<float>(placing_.mirror ? right : -right),
                         static_cast<float>(up * cosine - away * sine), static_cast<float>(up * sine + away * cosine)};
    person.confidence[to] = std::clamp(pose.visibility[j], 0.0F, 1.0F);
    person.state[to] = state_of(pose.visibility[j]);
  }
  return person;
}

std::optional<LivePerson> BodyPlacer::place(const PoseLandmarks& pose, double time) {
  if (!counts(pose)) return std::nullopt;
  const std::optional<Sight> sight = sight_of(pose, time);
  if (!sight || !accept(*sight)) return std::nullopt;
  learn_tilt(pose);
  return person_of(pose);
}

}  // namespace purlscope::core
