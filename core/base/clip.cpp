#include "core/base/clip.h"

#include <algorithm>
#include <cmath>

namespace purlscope::core {

double Clip::rate() const {
  if (fps) return *fps;
  if (times.size() < 2) return 30.0;
  std::vector<double> steps;
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i] > times[i - 1]) steps.push_back(times[i] - times[i - 1]);
  }
  if (steps.empty()) return 30.0;
  std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
  return 1.0 / steps[steps.size() / 2];
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

int most_energetic_person(const Clip& clip) {
  int best = -1;
  double best_energy = -1.0;
  const std::size_t joints = clip.joint_count();
  for (std::size_t p = 0; p < clip.persons.size(); ++p) {
    double energy = 0.0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      double sum = 0.0;
      double squares = 0.0;
      std::size_t n = 0;
      for (std::size_t t = 0; t < clip.frames; ++t) {
        if (clip.absent(p, t)) continue;
        for (std::size_t j = 0; j < joints; ++j) {
          const double v = clip.persons[p].joints[t * joints + j][axis];
          sum += v;
          squares += v * v;
          ++n;
        }
      }
      if (n > 0) energy += std::sqrt(std::max(0.0, squares / static_cast<double>(n) - std::pow(sum / static_cast<double>(n), 2)));
    }
    if (energy > best_energy) {
      best_energy = energy;
      best = static_cast<int>(p);
    }
  }
  return best;
}

}  // namespace purlscope::core
