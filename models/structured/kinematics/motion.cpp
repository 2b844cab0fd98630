#include "models/structured/kinematics/motion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace purlscope::models::structured {
namespace {

constexpr double kShortestTorso = 1e-3;  // metres; a collapsed skeleton must not blow up

/// "clip: " for messages; nothing for a window of no clip.
std::string place_of(const core::Window& window) { return window.clip ? window.clip->place() + ": " : std::string(); }

std::vector<Point> points_of(const core::WindowPerson& person) {
  std::vector<Point> points;
  points.reserve(person.joints.size());
  for (const core::Vec3& p : person.joints) points.push_back({p[0], p[1], p[2]});
  return points;
}

bool is_finite(const Point& p) { return std::isfinite(p[0]) && std::isfinite(p[1]) && std::isfinite(p[2]); }

/// Fills the gaps of one joint linearly over time. @return false when it was never seen
bool interpolate_gaps(std::vector<Point>& points, const std::vector<bool>& seen, std::size_t frames, std::size_t j) {
  std::size_t last = frames;  // frames = none yet
  for (std::size_t t = 0; t < frames; ++t) {
    if (!seen[t * kJoints + j]) continue;
    const std::size_t first = last == frames ? 0 : last + 1;
    for (std::size_t gap = first; gap < t; ++gap) {
      const Point& to = points[t * kJoints + j];
      if (last == frames) {
        points[gap * kJoints + j] = to;
        continue;
      }
      const Point& from = points[last * kJoints + j];
      const double share = static_cast<double>(gap - last) / static_cast<double>(t - last);
      for (std::size_t k = 0; k < 3; ++k) points[gap * kJoints + j][k] = from[k] + share * (to[k] - from[k]);
    }
    last = t;
  }
  if (last == frames) return false;
  for (std::size_t t = last + 1; t < frames; ++t) points[t * kJoints + j] = points[last * kJoints + j];
  return true;
}

void fill_missing(std::vector<Point>& points, const core::Window& window) {
  const core::WindowPerson& person = window.persons.front();
  std::vector<bool> seen(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    seen[i] = person.state[i] != core::JointState::missing && is_finite(points[i]);
  }
  std::vector<bool> known(kJoints);
  for (std::size_t j = 0; j < kJoints; ++j) known[j] = interpolate_gaps(points, seen, window.frames, j);
  const auto first_known = std::ranges::find(known, true);
  if (first_known == known.end()) {
    throw Error(Code::bad_format, place_of(window) +
                                      "no joint of the performer has a position in this window; choose "
                                      "another stretch");
  }
  const auto fallback = static_cast<std::size_t>(first_known - known.begin());
  for (std::size_t j = 0; j < kJoints; ++j) {  // parents come before children in kinect20
    if (known[j]) continue;
    const auto parent = static_cast<std::size_t>(window.layout->parent[j]);
    const std::size_t source = parent == j ? fallback : parent;
    for (std::size_t t = 0; t < window.frames; ++t) points[t * kJoints + j] = points[t * kJoints + source];
  }
}

void check(const core::Window& window) {
  if (window.layout == nullptr || window.layout->id != kLayout) {
    throw Error(Code::shape_mismatch, fmt::format("{}the window is in layout {}, expected {}", place_of(window),
                                                  window.layout ? window.layout->id : "(none)", kLayout));
  }
  if (window.persons.empty()) throw Error(Code::bad_format, place_of(window) + "the window holds no performer");
  if (window.frames < kMinimumFrames) {
    throw Error(Code::bad_format,
                fmt::format("{}the window has {} frames with the person, at least {} are needed: take "
                            "a longer stretch or recording",
                            place_of(window), window.frames, kMinimumFrames));
  }
  if (window.times.size() != window.frames + 1) {
    throw Error(Code::shape_mismatch, fmt::format("{}the window has {} times, expected {}, one more than frames",
                                                  place_of(window), window.times.size(), window.frames + 1));
  }
  const core::WindowPerson& person = window.persons.front();
  const std::size_t expected = window.frames * kJoints;
  if (person.joints.size() != expected || person.state.size() != expected) {
    throw Error(Code::shape_mismatch,
                fmt::format("{}the window's performer has {} joints and {} states, expected {}", place_of(window),
                            person.joints.size(), person.state.size(), expected));
  }
}

/// Torso length: median over frames of hip centre to shoulder centre.
double torso_length(const std::vector<Point>& points, std::size_t frames) {
  std::vector<double> torso;
  for (std::size_t t = 0; t < frames; ++t) {
    torso.push_back(length(points[t * kJoints + joint::shoulder_centre] - points[t * kJoints + joint::hip_centre]));
  }
  return std::max(quantile(torso, 0.5), kShortestTorso);
}

/// Where the person's right points at the start: shoulder and hip lines of the first frames together.
Point right_axis(const std::vector<Point>& points, std::size_t frames) {
  Point axis{};
  for (std::size_t t = 0; t < std::min(kHeadingFrames, frames); ++t) {
    const Point* p = &points[t * kJoints];
    axis = axis + (p[joint::right_shoulder] - p[joint::left_shoulder]) + (p[joint::right_hip] - p[joint::left_hip]);
  }
  return axis;
}

/// Linear resampling to kFrames, first frame on first and last on last.
std::vector<Point> resample(const std::vector<Point>& points, std::size_t frames) {
  std::vector<Point> out(kFrames * kJoints);
  for (std::size_t t = 0; t < kFrames; ++t) {
    const double place = static_cast<double>(t) * static_cast<double>(frames - 1) / static_cast<double>(kFrames - 1);
    const auto below = std::min(static_cast<std::size_t>(place), frames - 1);
    const std::size_t above = std::min(below + 1, frames - 1);
    const double share = place - static_cast<double>(below);
    for (std::size_t j = 0; j < kJoints; ++j) {
      for (std::size_t k = 0; k < 3; ++k) {
        out[t * kJoints + j][k] = points[below * kJoints + j][k] * (1 - share) + points[above * kJoints + j][k] * share;
      }
    }
  }
  return out;
}

}  // namespace

Track Motion::track(std::size_t joint) const {
  Track out(kFrames);
  for (std::size_t t = 0; t < kFrames; ++t) out[t] = at(t, joint);
  return out;
}

Track Motion::track_from_hips(std::size_t joint) const {
  Track out(kFrames);
  for (std::size_t t = 0; t < kFrames; ++t) out[t] = at(t, joint) - at(t, joint::hip_centre);
  return out;
}

Motion align_motion(const core::Window& window) {
  check(window);
  std::vector<Point> points = points_of(window.persons.front());
  fill_missing(points, window);
  const double torso = torso_length(points, window.frames);
  const Point right = right_axis(points, window.frames);
  const double yaw = std::atan2(right[2], right[0]);
  const double c = std::cos(yaw);
  const double s = std::sin(yaw);
  const Point origin = points[joint::hip_centre];
  for (Point& p : points) {
    const Point q = p - origin;
    p = {(c * q[0] + s * q[2]) / torso, q[1] / torso, (c * q[2] - s * q[0]) / torso};
  }
  return Motion(resample(points, window.frames));
}

}  // namespace purlscope::models::structured
