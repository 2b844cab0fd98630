#include "models/evaluation/tally.h"

#include <numeric>
#include <utility>

#include "models/evaluation/statistics.h"

namespace purlscope::models {
namespace {

using nlohmann::json;

constexpr double kLevel = 0.95;

}  // namespace

Tally::Tally(std::vector<std::string> classes, TestedClips clips)
    : classes_(std::move(classes)),
      clips_(std::move(clips)),
      right_(clips_.truth.size(), 0),
      confusion_(classes_.size(), std::vector<std::int64_t>(classes_.size(), 0)) {}

void Tally::add_seed(std::span<const std::int64_t> predicted) {
  std::size_t right = 0;
  const std::vector<std::int64_t>& truth = clips_.truth;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    ++confusion_[static_cast<std::size_t>(truth[i])][static_cast<std::size_t>(predicted[i])];
    if (truth[i] != predicted[i]) continue;
    ++right;
    ++right_[i];
  }
  per_seed_.push_back(static_cast<double>(right) / static_cast<double>(truth.size()));
  predicted_.emplace_back(predicted.begin(), predicted.end());
}

void Tally::add_before(std::span<const std::int64_t> predicted) {
  before_.emplace_back(predicted.begin(), predicted.end());
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
  json predictions = {{"clips", clips_.places}, {"truth", clips_.truth}, {"predicted", predicted_}};
  if (!before_.empty()) predictions["before"] = before_;
  return {{"unseen", classes_},      {"accuracy", std::move(accuracy)}, {"per_class", per_class},
          {"confusion", confusion_}, {"samples", clips_.truth.size()},  {"predictions", std::move(predictions)}};
}

}  // namespace purlscope::models
