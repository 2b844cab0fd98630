#include "core/skeleton/tracker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/base/finite.h"
#include "core/base/median.h"
#include "core/skeleton/assignment.h"

namespace purlscope::core {
namespace {

/// Distances are in body sizes, times in seconds. The cost of a distance is -2 log of a Student t density over the
/// plane with kFreedom degrees of freedom: detectors are mostly exact and at times far off, so a pair that fits exactly
/// should not be given up for two that fit passably.
constexpr double kSpread = 0.06;       ///< of a pose about its prediction without delay: the detector's noise
constexpr double kSpreadGrowth = 0.8;  ///< the same a second: people start, stop and turn, limbs swing
constexpr double kFreedom = 2.0;
constexpr double kLimit =
    22.0;  ///< dearer pairs are none: about 1.5 body sizes from frame to frame at 30 Hz, 4 in a second
constexpr double kLacking = 0.35;     ///< distance of a joint that one of them lacks: detectors break bodies up
constexpr double kShapeWeight = 2.0;  ///< cost of bones of entirely other lengths
constexpr double kShapeSpread = 0.5;  ///< mean |log ratio| of bone lengths that counts as entirely other
constexpr double kLongBone = 0.5;     ///< shorter bones say little: noise and foreshortening outweigh them
constexpr double kHint = 0.25;        ///< cost of other, gain of the same sensor id
constexpr double kVelocityMemory = 0.25;
constexpr double kBoneMemory = 0.5;
constexpr double kHeadStart = 0.02;
constexpr double kNever = std::numeric_limits<double>::infinity();

double distance(const std::array<double, 3>& a, const std::array<double, 3>& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/// The share of a new value in a running mean over about `memory` seconds: at first a plain mean over the time so far.
/// Two frames that follow each other at once, as jitter makes them, say nothing about a speed.
double share(double elapsed, double memory, double tracked) {
  return std::max(1.0 - std::exp(-elapsed / memory), elapsed / (tracked + kHeadStart));
}

}  // namespace

Tracker::Tracker(const JointLayout& layout) : joint_count_(layout.size()), bones_(layout.bones) {}

Tracker::Body Tracker::measure(const Detection& detection) const {
  if (detection.joints.size() != joint_count_ || detection.state.size() != joint_count_) {
    throw Error(Code::shape_mismatch,
                fmt::format("a detection has {} joints and {} states, the tracker follows bodies of {}",
                            detection.joints.size(), detection.state.size(), joint_count_));
  }
  Body body;
  body.joints.resize(joint_count_);
  body.seen.assign(joint_count_, 0);
  for (std::size_t j = 0; j < joint_count_; ++j) {
    const Vec3& joint = detection.joints[j];
    if (detection.state[j] == JointState::missing || !is_finite(joint)) continue;
    body.joints[j] = {joint[0], joint[1], joint[2]};
    body.seen[j] = 1;
    ++body.joint_count;
  }
  for (const auto& [from, to] : bones_) {
    const auto a = static_cast<std::size_t>(from);
    const auto b = static_cast<std::size_t>(to);
    body.bones.push_back(body.seen[a] != 0 && body.seen[b] != 0 ? distance(body.joints[a], body.joints[b]) : 0.0);
  }
  body.size = body_size(body);
  return body;
}

double Tracker::body_size(const Body& body) const {
  std::vector<double> lengths;
  std::copy_if(body.bones.begin(), body.bones.end(), std::back_inserter(lengths), [](double l) { return l > 0.0; });
  if (!lengths.empty()) {
    const auto quartile = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() * 3 / 4);
    std::nth_element(lengths.begin(), quartile, lengths.end());
    return *quartile;
  }
  // Points without bones: their spread, in which a body's upper quartile bone is about one half.
  Point centre{};
  for (std::size_t j = 0; j < joint_count_; ++j) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      centre[axis] += body.seen[j] != 0 ? body.joints[j][axis] / static_cast<double>(body.joint_count) : 0.0;
    }
  }
  double sum = 0.0;
  for (std::size_t j = 0; j < joint_count_; ++j) sum += body.seen[j] != 0 ? distance(body.joints[j], centre) : 0.0;
  return body.joint_count == 0 ? 0.0 : 0.5 * sum / static_cast<double>(body.joint_count);
}

double Tracker::cost(const Track& track, const Body& body, std::string_view sensor_id, double time) const {
  const double age = time - track.last_seen;
  double sum = 0.0;
  std::size_t shared = 0;
  for (std::size_t j = 0; j < joint_count_; ++j) {
    if (track.body.seen[j] == 0 || body.seen[j] == 0) continue;
    Point expected = track.body.joints[j];
    for (std::size_t axis = 0; axis < 3; ++axis) expected[axis] += age * track.velocity[axis];
    sum += distance(expected, body.joints[j]);
    ++shared;
  }
  if (shared < kFewestJoints) return kNever;
  const double size = std::max({track.body.size, body.size, std::numeric_limits<double>::min()});
  const double spread = kSpread + kSpreadGrowth * age;
  const std::size_t either = track.body.joint_count + body.joint_count - shared;
  const double off =
      (sum / size + kLacking * static_cast<double>(either - shared)) / static_cast<double>(either) / spread;
  double total = 4.0 * std::log(spread / kSpread) + (kFreedom + 2.0) * std::log1p(off * off / kFreedom);

  double differences = 0.0;
  std::size_t compared = 0;
  for (std::size_t b = 0; b < bones_.size(); ++b) {
    if (body.bones[b] <= 0.0 || track.body.bones[b] <= kLongBone * track.body.size) continue;
    differences += std::abs(std::log(body.bones[b] / track.body.bones[b]));
    ++compared;
  }
  if (compared > 0) {
    const double other = std::min(1.0, differences / static_cast<double>(compared) / kShapeSpread);
    total += kShapeWeight * other * other;
  }
  if (!sensor_id.empty() && !track.sensor_id.empty()) total += sensor_id == track.sensor_id ? -kHint : kHint;
  return total;
}

void Tracker::update(Track& track, const Body& body, std::string_view sensor_id, double time) const {
  const double age = time - track.last_seen;
  Point shift{};
  std::vector<double> moved;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    moved.clear();
    for (std::size_t j = 0; j < joint_count_; ++j) {
      if (track.body.seen[j] != 0 && body.seen[j] != 0)
        moved.push_back(body.joints[j][axis] - track.body.joints[j][axis]);
    }
    if (!moved.empty()) shift[axis] = median(std::span(moved));
    if (age > 0.0) {
      track.velocity[axis] +=
          share(age, kVelocityMemory, time - track.first_seen) * (shift[axis] / age - track.velocity[axis]);
    }
  }
  for (std::size_t j = 0; j < joint_count_; ++j) {
    if (body.seen[j] != 0) {
      track.body.joints[j] = body.joints[j];
      track.body.joint_count += track.body.seen[j] != 0 ? 0 : 1;
      track.body.seen[j] = 1;
    } else {
      for (std::size_t axis = 0; axis < 3; ++axis) track.body.joints[j][axis] += shift[axis];
    }
  }
  for (std::size_t b = 0; b < bones_.size(); ++b) {
    if (body.bones[b] <= 0.0) continue;
    double& length = track.body.bones[b];
    length += (length > 0.0 ? share(age, kBoneMemory, time - track.first_seen) : 1.0) * (body.bones[b] - length);
  }
  track.body.size = body_size(track.body);
  track.last_seen = time;
  if (!sensor_id.empty()) track.sensor_id = sensor_id;
}

std::vector<std::size_t> Tracker::worth_following(std::span<const Body> bodies) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    if (bodies[i].joint_count >= kFewestJoints && bodies[i].size > 0.0) order.push_back(i);
  }
  if (order.size() <= kMostDetections) return order;
  left_out_ += order.size() - kMostDetections;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return bodies[a].joint_count > bodies[b].joint_count; });
  order.resize(kMostDetections);
  return order;
}

void Tracker::forget(double time) {
  if (time < time_) tracks_.clear();
  // At less than a frame a second, who was there in the frame before is no ghost yet.
  std::erase_if(tracks_,
                [&](const Track& track) { return time - track.last_seen > kGhostLife && track.last_seen < time_; });
  time_ = time;
}

std::vector<std::uint64_t> Tracker::step(double time, std::span<const Detection> detections) {
  if (!std::isfinite(time)) time = time_;
  forget(time);
  std::vector<Body> bodies;
  bodies.reserve(detections.size());
  for (const Detection& detection : detections) bodies.push_back(measure(detection));
  const std::vector<std::size_t> followed = worth_following(bodies);

  // A pair at the limit is worth as much as none, so that no far pair is made for the sake of another.
  std::vector<double> costs;
  costs.reserve(tracks_.size() * followed.size());
  for (const Track& track : tracks_) {
    for (const std::size_t i : followed) {
      costs.push_back(std::min(0.0, cost(track, bodies[i], detections[i].sensor_id, time) - kLimit));
    }
  }
  const std::vector<int> chosen = assign(costs, followed.size());
  std::vector<std::uint64_t> ids(detections.size(), 0);
  for (std::size_t t = 0; t < chosen.size(); ++t) {
    if (chosen[t] < 0) continue;
    const auto column = static_cast<std::size_t>(chosen[t]);
    if (costs[t * followed.size() + column] >= 0.0) continue;
    const std::size_t i = followed[column];
    update(tracks_[t], bodies[i], detections[i].sensor_id, time);
    ids[i] = tracks_[t].id;
  }
  for (const std::size_t i : followed) {
    if (ids[i] != 0 || bodies[i].joint_count < fewest_to_begin()) continue;
    ids[i] = ++last_id_;
    tracks_.push_back({last_id_, std::move(bodies[i]), {}, time, time, std::string(detections[i].sensor_id)});
  }
  if (tracks_.size() > kMostTracks) {
    std::stable_sort(tracks_.begin(), tracks_.end(),
                     [](const Track& a, const Track& b) { return a.last_seen > b.last_seen; });
    tracks_.resize(kMostTracks);
  }
  return ids;
}

}  // namespace purlscope::core
