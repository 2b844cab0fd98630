#include "app/studio/session/motion_energy.h"

#include <algorithm>
#include <cmath>

namespace purlscope::app {
namespace {

float distance(const core::Vec3& a, const core::Vec3& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

/// Mean path of the joints seen in both frames, metres.
float mean_path(const core::Person& person, std::size_t joints, std::size_t from, std::size_t to) {
  float sum = 0.0F;
  int seen = 0;
  for (std::size_t j = 0; j < joints; ++j) {
    const std::size_t a = from * joints + j;
    const std::size_t b = to * joints + j;
    if (person.state[a] == core::JointState::missing || person.state[b] == core::JointState::missing) continue;
    sum += distance(person.joints[a], person.joints[b]);
    ++seen;
  }
  return seen > 0 ? sum / static_cast<float>(seen) : 0.0F;
}

/// Divides by the greatest, if there is any above 0.
void scale_to_one(std::vector<float>& bars) {
  const float top = bars.empty() ? 0.0F : *std::max_element(bars.begin(), bars.end());
  if (top <= 0.0F) return;
  for (float& bar : bars) bar /= top;
}

}  // namespace

std::vector<float> motion_energy(const core::Clip& clip, int person) {
  std::vector<float> energy(clip.frames, 0.0F);
  const int chosen = person >= 0 ? person : core::most_energetic_person(clip);
  if (chosen < 0 || static_cast<std::size_t>(chosen) >= clip.persons.size()) return energy;
  const core::Person& body = clip.persons[static_cast<std::size_t>(chosen)];
  for (std::size_t t = 1; t < clip.frames; ++t) {
    const double dt = clip.times[t] - clip.times[t - 1];
    if (dt > 0.0) energy[t] = mean_path(body, clip.joint_count(), t - 1, t) / static_cast<float>(dt);
  }
  if (clip.frames > 1) energy[0] = energy[1];
  return energy;
}

std::vector<float> sparkline(const std::vector<float>& energy, std::size_t count) {
  std::vector<float> bars(count, 0.0F);
  if (energy.empty() || count == 0) return bars;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = i * energy.size() / count;
    const std::size_t end = std::max(begin + 1, (i + 1) * energy.size() / count);
    bars[i] = *std::max_element(energy.begin() + static_cast<std::ptrdiff_t>(begin),
                                energy.begin() + static_cast<std::ptrdiff_t>(end));
  }
  scale_to_one(bars);
  return bars;
}

std::vector<float> stretch_energy(const std::vector<float>& energy, double duration, double begin, double step,
                                  std::size_t count) {
  std::vector<float> bars(count, 0.0F);
  if (energy.empty() || duration <= 0.0 || step <= 0.0) return bars;
  const double frame = duration / static_cast<double>(energy.size());
  for (std::size_t t = 0; t < energy.size(); ++t) {
    const double place = std::floor((static_cast<double>(t) * frame - begin) / step);
    if (place < 0.0 || place >= static_cast<double>(count)) continue;
    float& bar = bars[static_cast<std::size_t>(place)];
    bar = std::max(bar, energy[t]);
  }
  scale_to_one(bars);
  return bars;
}

}  // namespace purlscope::app
