#include "models/structured/kinematics/canonical.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace purlscope::models::structured {
namespace {

constexpr double kReach = 3;  // standard deviations of the weights; those beyond are negligible

bool seen(const core::WindowPerson& person, std::size_t i) {
  const core::Vec3& p = person.joints[i];
  return person.state[i] != core::JointState::missing && std::isfinite(p[0]) && std::isfinite(p[1]) &&
         std::isfinite(p[2]);
}

bool has_times(const core::Window& window) {
  if (window.persons.empty() || window.times.size() != window.frames + 1) return false;
  const core::WindowPerson& person = window.persons.front();
  return window.frames > 0 && person.joints.size() % window.frames == 0 && person.state.size() == person.joints.size();
}

/// How far hand and foot of a side get, from the hips.
double reach_of(const Motion& motion, std::size_t hand, std::size_t ankle) {
  return length(extent(motion.track_from_hips(hand))) + length(extent(motion.track_from_hips(ankle)));
}

}  // namespace

core::Window steady(const core::Window& window, double seconds) {
  core::Window out = window;
  if (seconds <= 0 || !has_times(window)) return out;  // align_motion() says what is wrong with it
  const core::WindowPerson& old = window.persons.front();
  const std::size_t joints = old.joints.size() / window.frames;
  const double reach = kReach * seconds;
  std::size_t first = 0;
  for (std::size_t t = 0; t < window.frames; ++t) {
    while (window.times[t] - window.times[first] > reach) ++first;
    std::vector<Point> sums(joints);
    std::vector<double> totals(joints);
    for (std::size_t u = first; u < window.frames && window.times[u] - window.times[t] <= reach; ++u) {
      const double distance = (window.times[u] - window.times[t]) / seconds;
      const double weight = std::exp(-0.5 * distance * distance);
      for (std::size_t j = 0; j < joints; ++j) {
        if (!seen(old, u * joints + j)) continue;
        for (std::size_t k = 0; k < 3; ++k) sums[j][k] += weight * old.joints[u * joints + j][k];
        totals[j] += weight;
      }
    }
    for (std::size_t j = 0; j < joints; ++j) {
      if (!seen(old, t * joints + j)) continue;
      core::Vec3& joint = out.persons.front().joints[t * joints + j];
      for (std::size_t k = 0; k < 3; ++k) joint[k] = static_cast<float>(sums[j][k] / totals[j]);
    }
  }
  return out;
}

Motion mirrored(const Motion& motion) {
  std::vector<Point> points(kFrames * kJoints);
  for (std::size_t t = 0; t < kFrames; ++t) {
    for (std::size_t j = 0; j < kJoints; ++j) {
      const Point& source = motion.at(t, kMirror[j]);
      points[t * kJoints + j] = {-source[0], source[1], source[2]};
    }
  }
  return Motion(std::move(points));
}

CanonicalMotion steady_motion(const core::Window& window, const Preparation& preparation) {
  return {align_motion(steady(window, preparation.steadying)), false};
}

CanonicalMotion canonical_motion(const core::Window& window, const Preparation& preparation) {
  CanonicalMotion out = steady_motion(window, preparation);
  if (preparation.left_leads <= 0) return out;
  const bool left_leads = reach_of(out.motion, joint::left_hand, joint::left_ankle) >
                          preparation.left_leads * reach_of(out.motion, joint::right_hand, joint::right_ankle);
  return left_leads ? CanonicalMotion{mirrored(out.motion), true} : out;
}

}  // namespace purlscope::models::structured
