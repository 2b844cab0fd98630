#include "core/report/time_left.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace purlscope::core {
void TimeLeft::learn(const std::string& kind, double seconds) {
  for (Sum* sum : {&kinds_[kind], &all_}) {
    sum->seconds += seconds;
    ++sum->jobs;
  }
}

std::optional<double> TimeLeft::seconds(const std::vector<std::string>& left, double elapsed) const {
  if (left.empty()) return 0;
  if (all_.jobs == 0) return std::nullopt;
  const auto expected = [&](const std::string& kind) {
    const auto known = kinds_.find(kind);
    return known == kinds_.end() ? all_.mean() : known->second.mean();
  };
  double sum = std::max(0.0, expected(left.front()) - elapsed);
  for (std::size_t i = 1; i < left.size(); ++i) sum += expected(left[i]);
  return sum;
}

std::string about(double seconds) {
  constexpr double kMinute = 60, kHour = 3600;
  if (seconds < 1.5 * kMinute) return fmt::format("about {:.0f} s", seconds);
  if (seconds < 1.5 * kHour) return fmt::format("about {:.0f} min", seconds / kMinute);
  const double tens = std::round(seconds / (10 * kMinute));  // of minutes
  return fmt::format("about {:.0f} h {:.0f} min", std::floor(tens / 6), 10 * std::fmod(tens, 6.0));
}

}  // namespace purlscope::core
