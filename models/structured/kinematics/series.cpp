#include "models/structured/kinematics/series.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <functional>
#include <numbers>
#include <numeric>

namespace purlscope::models::structured {
namespace {

constexpr double kAngleFloor = 1e-6;  // keeps the angle of a segment without length finite
constexpr std::size_t kFirstFastBin = 3;
constexpr std::size_t kLastFastBin = 11;
constexpr double kSpectrumFloor = 0.2;  // squared torso lengths: below it a spectrum is sensor noise

double spectral_power(std::span<const double> values, std::size_t bin) {
  std::complex<double> total = 0;
  const double turn = -2.0 * std::numbers::pi * static_cast<double>(bin) / static_cast<double>(values.size());
  const std::complex<double> step = std::polar(1.0, turn);
  std::complex<double> phase = 1.0;
  for (const double value : values) {
    total += value * phase;
    phase *= step;
  }
  return std::norm(total);
}

}  // namespace

Point operator+(const Point& a, const Point& b) { return {a[0] + b[0], a[1] + b[1], a[2] + b[2]}; }
Point operator-(const Point& a, const Point& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
double dot(const Point& a, const Point& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
double length(const Point& a) { return std::sqrt(dot(a, a)); }

double angle_at(const Point& a, const Point& b, const Point& c) {
  const Point u = a - b;
  const Point w = c - b;
  return std::acos(std::clamp(dot(u, w) / (length(u) * length(w) + kAngleFloor), -1.0, 1.0));
}

double sum(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

double mean(std::span<const double> values) {
  return values.empty() ? 0.0 : sum(values) / static_cast<double>(values.size());
}

double deviation(std::span<const double> values) {
  const double centre = mean(values);
  double total = 0;
  for (const double value : values) total += (value - centre) * (value - centre);
  return values.empty() ? 0.0 : std::sqrt(total / static_cast<double>(values.size()));
}

double highest(std::span<const double> values) { return values.empty() ? 0.0 : *std::ranges::max_element(values); }
double lowest(std::span<const double> values) { return values.empty() ? 0.0 : *std::ranges::min_element(values); }
double range(std::span<const double> values) { return highest(values) - lowest(values); }

double quantile(std::span<const double> values, double q) {
  if (values.empty()) return 0.0;
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const double place = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double mean_of_largest(std::span<const double> values, std::size_t count) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted, std::greater<>());
  sorted.resize(std::min(count, sorted.size()));
  return mean(sorted);
}

std::vector<double> coordinate(std::span<const Point> track, std::size_t axis) {
  std::vector<double> values;
  values.reserve(track.size());
  for (const Point& point : track) values.push_back(point[axis]);
  return values;
}

Point centroid(std::span<const Point> track) {
  return {mean(coordinate(track, 0)), mean(coordinate(track, 1)), mean(coordinate(track, 2))};
}

Point extent(std::span<const Point> track) {
  return {range(coordinate(track, 0)), range(coordinate(track, 1)), range(coordinate(track, 2))};
}

Track steps(std::span<const Point> track) {
  Track out;
  for (std::size_t i = 1; i < track.size(); ++i) out.push_back(track[i] - track[i - 1]);
  return out;
}

std::vector<double> lengths(std::span<const Point> track) {
  std::vector<double> out;
  out.reserve(track.size());
  for (const Point& point : track) out.push_back(length(point));
  return out;
}

double path_length(std::span<const Point> track) { return sum(lengths(steps(track))); }

double signed_area_xy(std::span<const Point> track) {
  const Point centre = centroid(track);
  double total = 0;
  for (std::size_t i = 1; i < track.size(); ++i) {
    const Point from = track[i - 1] - centre;
    const Point step = track[i] - track[i - 1];
    total += from[0] * step[1] - from[1] * step[0];
  }
  return total / 2;
}

double agreement(std::span<const Point> a, std::span<const Point> b, double floor, const Point& sign) {
  double common = 0;
  double power_a = 0;
  double power_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t k = 0; k < 3; ++k) common += sign[k] * a[i][k] * b[i][k];
    power_a += dot(a[i], a[i]);
    power_b += dot(b[i], b[i]);
  }
  return common / (std::sqrt(power_a * power_b) + floor);
}

double fast_power_share(std::span<const Point> track) {
  double fast = 0;
  double all = 0;
  const Point centre = centroid(track);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    std::vector<double> values = coordinate(track, axis);
    for (double& value : values) value -= centre[axis];
    for (std::size_t bin = 1; bin <= values.size() / 2; ++bin) {
      const double power = spectral_power(values, bin);
      all += power;
      if (bin >= kFirstFastBin && bin <= kLastFastBin) fast += power;
    }
  }
  return fast / (all + kSpectrumFloor);
}

}  // namespace purlscope::models::structured
