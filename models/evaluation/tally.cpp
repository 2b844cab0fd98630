#include "models/evaluation/tally.h"

#include <numeric>
#include <utility>

#include "models/evaluation/statistics.h"

namespace purlscope::models {
namespace {

using nlohmann::json;

constexpr double kLevel = 0.95;

}  // namespace

Tally::Tally(std::vector<std::string> classes, std::vector<std::int64_t> truth)
    : classes_(std::move(classes)),
      truth_(std::move(truth)),
      right_(truth_.size(), 0),
      confusion_(classes_.size(), std::vector<std::int64_t>(classes_.size(), 0)) {}

void Tally::add_seed(std::span<const std::int64_t> predicted) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < truth_.size(); ++i) {
    ++confusion_[static_cast<std::size_t>(truth_[i])][static_cast<std::size_t>(predicted[i])];
    if (truth_[i] != predicted[i]) continue;
    ++right;
    ++right_[i];
  }
  per_seed_.push_back(static_cast<double>(right) / static_cast<double>(truth_.size()));
}

json Tally::to_json() const {
  json per_class = json::object();
  for (std::size_t c = 0; c < classes_.size(); ++c) {
    const auto all = std::accumulate(confusion_[c].begin(), confusion_[c].end(), std::int64_t{0});
    per_class[classes_[c]] = all == 0 ? json() : json(static_cast<double>(confusion_[c][c]) / static_cast<double>(all));
  }
  std::vector<double> share = right_;
  for (double& value : share) value /= static_cast<double>(per_seed_.size());
  const Interval interval = bootstrap(share, kLevel);
  json accuracy = mean_and_deviation(per_seed_);
  accuracy["confidence"] = {{"level", kLevel}, {"low", interval.low}, {"high", interval.high}};
  return {{"unseen", classes_},
          {"accuracy", std::move(accuracy)},
          {"per_class", per_class},
          {"confusion", confusion_},
          {"samples", truth_.size()}};
}

}  // namespace purlscope::models
