#include "models/evaluation/stream.h"

#include <c10/core/GradMode.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "core/base/progress.h"
#include "core/base/shuffle.h"
#include "models/evaluation/statistics.h"
#include "models/refinement/refiner.h"

namespace purlscope::models {
namespace {

constexpr std::uint32_t kOrdersApart = 1000;  // seeds of the orders of one seed and of the next

std::vector<std::int64_t> order_of(std::int64_t count, std::uint64_t seed, int order) {
  std::vector<std::int64_t> out(static_cast<std::size_t>(count));
  std::iota(out.begin(), out.end(), 0);
  std::mt19937 generator(static_cast<std::uint32_t>(seed) * kOrdersApart + static_cast<std::uint32_t>(order));
  core::shuffle(out, generator);
  return out;
}

double share_right(const at::Tensor& predicted, const at::Tensor& truth) {
  return (predicted == truth).to(at::kDouble).mean().item<double>();
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

std::vector<std::vector<std::int64_t>> StreamTest::add_seed(RefinableMethod& method,
                                                            std::span<const core::ClipPtr> clips,
                                                            std::span<const core::Label> candidates,
                                                            const at::Tensor& truth, std::uint64_t seed,
                                                            const std::stop_token& stop) {
  const c10::NoGradGuard no_grad;
  const auto scorer = method.scorer(candidates, stop);
  const at::Tensor features = method.refinable_features(clips);
  const bool with_said = refinement::make_method(options_)->needs_said();
  const refinement::Evidence all = scorer->evidence(features, with_said);
  before_.push_back(share_right(all.scores.argmax(1), truth));

  std::vector<std::vector<std::int64_t>> predictions;
  std::vector<double> arrival;
  std::vector<double> rescored;
  for (int order = 0; order < orders_; ++order) {
    refinement::Refiner refiner(options_);
    refiner.set_scorer(scorer);
    std::vector<std::int64_t> predicted(clips.size());
    for (const std::int64_t i : order_of(all.count(), seed, order)) {
      core::throw_if_stopped(stop);
      refinement::Observation window{features.narrow(0, i, 1), all.row(i), clips[static_cast<std::size_t>(i)]->name, 0,
                                     0};
      const at::Tensor& plain = window.evidence.scores;
      const at::Tensor scores = plain + refiner.refined().corrections(window.features, window.evidence).total(plain);
      predicted[static_cast<std::size_t>(i)] = scores.argmax().item<std::int64_t>();
      refiner.observe(window);
    }
    arrival.push_back(share_right(at::tensor(predicted, at::kLong), truth));
    const at::Tensor ended = all.scores + refiner.refined().corrections(features, all).total(all.scores);
    rescored.push_back(share_right(ended.argmax(1), truth));
    rollbacks_ += refiner.state().rollbacks;
    gains_.push_back(arrival.back() - before_.back());
    predictions.push_back(std::move(predicted));
  }
  on_arrival_.push_back(mean_of(arrival));
  rescored_.push_back(mean_of(rescored));
  return predictions;
}

nlohmann::json StreamTest::to_json() const {
  return {{"orders", orders_},
          {"refinement", refinement::to_json(options_)},
          {"before", mean_and_deviation(before_)},
          {"rescored", mean_and_deviation(rescored_)},
          {"gain", mean_of(gains_)},
          {"worst_gain", *std::ranges::min_element(gains_)},
          {"rollbacks", rollbacks_}};
}

}  // namespace purlscope::models
