#include "models/evaluation/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace purlscope::models {
namespace {

constexpr std::int64_t kBins = 15;
constexpr double kSearchRange = 1e3;
constexpr int kSearchSteps = 60;

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  if (values.size() < 2) return 0;
  const double centre = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - centre) * (value - centre);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

}  // namespace

nlohmann::json mean_and_deviation(const std::vector<double>& values) {
  return {{"mean", mean_of(values)}, {"sd", deviation_of(values)}, {"per_seed", values}};
}

Interval bootstrap(const std::vector<double>& right, double level, int draws) {
  std::mt19937 generator(0);
  std::vector<double> means;
  means.reserve(static_cast<std::size_t>(draws));
  for (int draw = 0; draw < draws; ++draw) {
    double sum = 0;
    for (std::size_t i = 0; i < right.size(); ++i) sum += right[generator() % right.size()];
    means.push_back(sum / static_cast<double>(right.size()));
  }
  std::ranges::sort(means);
  const double tail = (1 - level) / 2;
  const auto place = [&](double share) {
    return static_cast<std::size_t>(std::lround(share * static_cast<double>(means.size() - 1)));
  };
  return {means[place(tail)], means[place(1 - tail)]};
}

double calibration_error(const at::Tensor& probabilities, const at::Tensor& truth) {
  const auto [confidence, predicted] = probabilities.to(at::kDouble).max(1);
  return confidence_error(confidence, predicted.eq(truth));
}

double confidence_error(const at::Tensor& confidence, const at::Tensor& right) {
  const at::Tensor stated = confidence.to(at::kDouble);
  const at::Tensor bin = (stated * static_cast<double>(kBins)).floor().clamp(0, kBins - 1).to(at::kLong);
  const at::Tensor gap = at::zeros({kBins}, at::kDouble).index_add(0, bin, stated - right.to(at::kDouble));
  return gap.abs().sum().item<double>() / static_cast<double>(right.numel());
}

double fit_temperature(const at::Tensor& scores, const at::Tensor& truth) {
  const at::Tensor values = scores.to(at::kDouble);
  const at::Tensor place = truth.unsqueeze(1);
  const auto loss = [&](double log_temperature) {
    return -(values / std::exp(log_temperature)).log_softmax(1).gather(1, place).mean().item<double>();
  };
  const double spread = std::log(std::max(values.std().item<double>(), 1e-12));
  double low = spread - std::log(kSearchRange);
  double high = spread + std::log(kSearchRange);
  const double ratio = (std::sqrt(5.0) - 1) / 2;
  for (int step = 0; step < kSearchSteps; ++step) {
    const double a = high - ratio * (high - low);
    const double b = low + ratio * (high - low);
    (loss(a) < loss(b) ? high : low) = loss(a) < loss(b) ? b : a;
  }
  return std::exp((low + high) / 2);
}

}  // namespace purlscope::models
