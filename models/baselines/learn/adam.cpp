#include "models/baselines/learn/adam.h"

#include <fmt/format.h>
#include <torch/optim/adam.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "models/training/random.h"

namespace purlscope::models::baselines {
namespace {

constexpr std::uint64_t kBatchStretch = 1, kNoiseStretch = 2;  // of a seed's random numbers

/// An endless stream of shuffled rows, cut into batches.
class Rows {
 public:
  Rows(std::int64_t clips, at::Generator generator) : clips_(clips), generator_(std::move(generator)) {}

  at::Tensor next(std::int64_t batch) {
    while (waiting_.numel() < batch) {
      waiting_ = at::cat({waiting_, at::randperm(clips_, generator_, at::TensorOptions().dtype(at::kLong))});
    }
    at::Tensor rows = waiting_.slice(0, 0, batch);
    waiting_ = waiting_.slice(0, batch);
    return rows;
  }

 private:
  std::int64_t clips_;
  at::Generator generator_;
  at::Tensor waiting_ = at::empty({0}, at::TensorOptions().dtype(at::kLong));
};

torch::optim::Adam make_optimiser(const std::vector<Learner>& learners, double rate) {
  std::vector<torch::optim::OptimizerParamGroup> groups;
  for (const Learner& learner : learners) {
    auto options = std::make_unique<torch::optim::AdamOptions>(rate);
    options->weight_decay(learner.weight_decay);
    groups.emplace_back(learner.module->parameters(), std::move(options));
  }
  return torch::optim::Adam(groups, torch::optim::AdamOptions(rate));
}

/// Factor on the rate: up over `warm_up` of the way, down along a cosine.
double rate_share(double warm_up, double way) {
  if (warm_up < 0) return 1;
  if (way < warm_up) return way / warm_up;
  return (1 + std::cos(std::numbers::pi * (way - warm_up) / std::max(1e-9, 1 - warm_up))) / 2;
}

void set_rate(torch::optim::Adam& optimiser, double rate) {
  for (auto& group : optimiser.param_groups()) group.options().set_lr(rate);
}

}  // namespace

void fit_by_adam(const std::vector<Learner>& learners, const Fit& fit, const BatchLoss& loss,
                 const core::ProgressFn& progress, const std::stop_token& stop) {
  constexpr std::int64_t kReports = 50;
  const c10::InferenceMode normal_tensors(false);
  const at::AutoGradMode with_gradient(true);
  const std::int64_t steps = fit.schedule.steps_made(), batch = std::min(fit.schedule.batch, fit.clips);
  const std::int64_t every = std::max<std::int64_t>(1, steps / kReports);
  const double rate = fit.schedule.rate_used();
  torch::optim::Adam optimiser = make_optimiser(learners, rate);
  Rows rows(fit.clips, make_generator(fit.seed, kBatchStretch));
  const at::Generator noise = make_generator(fit.seed, kNoiseStretch);
  for (std::int64_t step = 0; step < steps; ++step) {
    core::throw_if_stopped(stop);
    const double way = static_cast<double>(step) / static_cast<double>(steps);
    set_rate(optimiser, rate * rate_share(fit.warm_up, way));
    optimiser.zero_grad();
    const at::Tensor value = loss(rows.next(batch), step, noise);
    value.backward();
    optimiser.step();
    if (!progress || step % every != 0) continue;
    progress({fit.title, way, fmt::format("step {} of {}: loss {:.4f}", step + 1, steps, value.item<double>())});
  }
}

}  // namespace purlscope::models::baselines
