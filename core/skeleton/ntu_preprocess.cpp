#include "core/skeleton/ntu_preprocess.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kJoints = 25;
constexpr std::size_t kBodies = 2;
constexpr std::size_t kSpineBase = 0;
constexpr std::size_t kSpineMiddle = 1;
constexpr std::size_t kLeftShoulder = 4;
constexpr std::size_t kRightShoulder = 8;
constexpr double kNoRotation = 1e-6;  // below it the official code leaves the body as it is

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;
using Pose = std::array<Vec3, kJoints>;

/// A body over time; an empty frame is all zero, as in the official arrays.
using Body = std::vector<Pose>;

bool empty(const Pose& pose) {
  return std::all_of(pose.begin(), pose.end(), [](const Vec3& joint) { return joint == Vec3{}; });
}

std::vector<std::size_t> by_falling_energy(const Clip& clip) {
  std::vector<std::size_t> order(clip.persons.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> energy(order.size());
  std::transform(order.begin(), order.end(), energy.begin(), [&](std::size_t p) { return person_energy(clip, p); });
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return energy[a] > energy[b]; });
  return order;
}

Body take_body(const Clip& clip, std::size_t person, std::size_t frames) {
  Body body(frames, Pose{});
  for (std::size_t t = 0; t < std::min(frames, clip.frames); ++t) {
    std::copy_n(clip.persons[person].joints.begin() + static_cast<std::ptrdiff_t>(t * kJoints), kJoints,
                body[t].begin());
  }
  return body;
}

/// Empty frames go when the body starts late; the end is filled by repeating what was seen.
void fill(Body& body) {
  if (empty(body.front())) {
    const auto end = std::remove_if(body.begin(), body.end(), empty);
    std::fill(end, body.end(), Pose{});
  }
  std::size_t used = body.size();
  while (used > 0 && empty(body[used - 1])) --used;
  if (used == 0) return;
  for (std::size_t t = used; t < body.size(); ++t) body[t] = body[t - used];
}

void subtract_spine(std::vector<Body>& bodies) {
  std::vector<Vec3> centre;
  for (const Pose& pose : bodies.front()) centre.push_back(pose[kSpineMiddle]);
  for (Body& body : bodies) {
    for (std::size_t t = 0; t < body.size(); ++t) {
      for (Vec3& joint : body[t]) {
        if (joint == Vec3{}) continue;  // a joint without a value stays zero
        for (std::size_t axis = 0; axis < 3; ++axis) joint[axis] -= centre[t][axis];
      }
    }
  }
}

double length(const Vector& v) { return std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]); }

/// The rotation that turns `from` onto the unit vector `onto` (Rodrigues).
Matrix rotation(const Vector& from, const Vector& onto) {
  Matrix matrix{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  Vector axis{from[1] * onto[2] - from[2] * onto[1], from[2] * onto[0] - from[0] * onto[2],
              from[0] * onto[1] - from[1] * onto[0]};
  const double size = length(axis);
  if (size < kNoRotation) return matrix;
  for (double& value : axis) value /= size;
  const double cosine =
      std::clamp((from[0] * onto[0] + from[1] * onto[1] + from[2] * onto[2]) / length(from), -1.0, 1.0);
  if (std::acos(cosine) < kNoRotation) return matrix;
  const double sine = std::sqrt(1.0 - cosine * cosine);
  const auto& [x, y, z] = axis;
  const double rest = 1.0 - cosine;
  matrix = {{{cosine + x * x * rest, x * y * rest - z * sine, x * z * rest + y * sine},
             {y * x * rest + z * sine, cosine + y * y * rest, y * z * rest - x * sine},
             {z * x * rest - y * sine, z * y * rest + x * sine, cosine + z * z * rest}}};
  return matrix;
}

Vector between(const Pose& pose, std::size_t from, std::size_t to) {
  Vector bone{};
  for (std::size_t axis = 0; axis < 3; ++axis) bone[axis] = static_cast<double>(pose[to][axis]) - pose[from][axis];
  return bone;
}

void rotate(std::vector<Body>& bodies, const Matrix& matrix) {
  for (Body& body : bodies) {
    for (Pose& pose : body) {
      for (Vec3& joint : pose) {
        const Vec3 old = joint;
        for (std::size_t row = 0; row < 3; ++row) {
          joint[row] = static_cast<float>(matrix[row][0] * old[0] + matrix[row][1] * old[1] + matrix[row][2] * old[2]);
        }
      }
    }
  }
}

NdArray to_array(const std::vector<Body>& bodies, std::size_t frames) {
  NdArray array({3, frames, kJoints, kBodies});
  for (std::size_t m = 0; m < bodies.size(); ++m) {
    for (std::size_t t = 0; t < frames; ++t) {
      for (std::size_t j = 0; j < kJoints; ++j) {
        for (std::size_t axis = 0; axis < 3; ++axis) {
          array.data[((axis * frames + t) * kJoints + j) * kBodies + m] = bodies[m][t][j][axis];
        }
      }
    }
  }
  return array;
}

}  // namespace

NdArray ntu_preprocess(const Clip& clip, std::size_t frames) {
  if (!clip.layout || clip.layout->id != "ntu25") {
    throw Error(Code::shape_mismatch, fmt::format("{}: joint layout {}, expected ntu25; retarget the clip first",
                                                  clip.place(), clip.layout ? clip.layout->id : "none"));
  }
  if (frames == 0) throw Error(Code::bad_argument, "NTU preprocessing to 0 frames, expected at least 1");
  std::vector<Body> bodies;
  for (const std::size_t person : by_falling_energy(clip)) {
    if (bodies.size() == kBodies) break;
    bodies.push_back(take_body(clip, person, frames));
    fill(bodies.back());
  }
  if (bodies.empty() || empty(bodies.front().front())) {
    throw Error(Code::bad_format, fmt::format("{}: no body was seen in the first {} frames", clip.place(), frames));
  }
  subtract_spine(bodies);
  rotate(bodies, rotation(between(bodies.front().front(), kSpineBase, kSpineMiddle), {0, 0, 1}));
  rotate(bodies, rotation(between(bodies.front().front(), kLeftShoulder, kRightShoulder), {1, 0, 0}));
  return to_array(bodies, frames);
}

}  // namespace purlscope::core
