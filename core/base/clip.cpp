#include "core/base/clip.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/base/median.h"

namespace purlscope::core {
namespace {

using Vec3d = std::array<double, 3>;

}  // namespace

double Clip::rate() const {
  if (fps) return *fps;
  if (times.size() < 2) return 30.0;
  std::vector<double> steps;
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i] > times[i - 1]) steps.push_back(times[i] - times[i - 1]);
  }
  if (steps.empty()) return 30.0;
  return 1.0 / median(std::span(steps));
}

double Clip::duration() const {
  if (times.empty()) return 0.0;
  return times.back() - times.front() + 1.0 / rate();
}

bool Clip::absent(std::size_t person, std::size_t frame) const {
  const std::size_t joints = joint_count();
  const auto* begin = persons[person].state.data() + frame * joints;
  return std::all_of(begin, begin + joints, [](JointState s) { return s == JointState::missing; });
}

double person_energy(const Clip& clip, std::size_t person) {
  const std::size_t joints = clip.joint_count();
  Vec3d sum{};
  Vec3d squares{};
  std::size_t n = 0;
  for (std::size_t t = 0; t < clip.frames; ++t) {
    if (clip.absent(person, t)) continue;
    n += joints;
    for (std::size_t j = 0; j < joints; ++j) {
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const double value = clip.persons[person].joints[t * joints + j][axis];
        sum[axis] += value;
        squares[axis] += value * value;
      }
    }
  }
  if (n == 0) return 0.0;
  double energy = 0.0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double mean = sum[axis] / static_cast<double>(n);
    energy += std::sqrt(std::max(0.0, squares[axis] / static_cast<double>(n) - mean * mean));
  }
  return energy;
}

int most_energetic_person(const Clip& clip) {
  int best = -1;
  double most = -1.0;
  for (std::size_t p = 0; p < clip.persons.size(); ++p) {
    const double energy = person_energy(clip, p);
    if (energy <= most) continue;
    most = energy;
    best = static_cast<int>(p);
  }
  return best;
}

}  // namespace purlscope::core
