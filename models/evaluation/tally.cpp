#include "models/evaluation/tally.h"

#include <cmath>
#include <numeric>
#include <utility>

namespace purlscope::models {
namespace {

using nlohmann::json;

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Standard deviation of the sample; 0 for a single value.
double deviation_of(const std::vector<double>& values) {
  if (values.size() < 2) return 0;
  const double centre = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - centre) * (value - centre);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

}  // namespace

Tally::Tally(std::vector<std::string> classes, std::vector<std::int64_t> truth)
    : classes_(std::move(classes)),
      truth_(std::move(truth)),
      confusion_(classes_.size(), std::vector<std::int64_t>(classes_.size(), 0)) {}

void Tally::add_seed(std::span<const std::int64_t> predicted) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < truth_.size(); ++i) {
    ++confusion_[static_cast<std::size_t>(truth_[i])][static_cast<std::size_t>(predicted[i])];
    if (truth_[i] == predicted[i]) ++right;
  }
  per_seed_.push_back(static_cast<double>(right) / static_cast<double>(truth_.size()));
}

json Tally::to_json() const {
  json per_class = json::object();
  for (std::size_t c = 0; c < classes_.size(); ++c) {
    const auto all = std::accumulate(confusion_[c].begin(), confusion_[c].end(), std::int64_t{0});
    per_class[classes_[c]] = all == 0 ? json() : json(static_cast<double>(confusion_[c][c]) / static_cast<double>(all));
  }
  return {{"unseen", classes_},
          {"accuracy", {{"mean", mean_of(per_seed_)}, {"sd", deviation_of(per_seed_)}, {"per_seed", per_seed_}}},
          {"per_class", per_class},
          {"confusion", confusion_},
          {"samples", truth_.size()}};
}

}  // namespace purlscope::models
