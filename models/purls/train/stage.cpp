#include "models/purls/train/stage.h"

#include <ATen/core/grad_mode.h>
#include <fmt/format.h>
#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adamw.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/base/stopwatch.h"
#include "models/purls/train/checkpoint.h"
#include "models/training/random.h"

namespace purlscope::models::purls {
namespace {

// First and last rate of a cycle, as shares of the highest (the defaults of PyTorch's OneCycleLR).
constexpr double kFirstRate = 1.0 / 25, kLastRate = kFirstRate / 1e4;

/// Rate of one cycle at a step. Source: Smith and Topin, "Super-convergence", 2018, with cosine ramps.
double cycle_rate(const FitOptions& fit, std::int64_t step, std::int64_t steps) {
  const double top = fit.warm_up * static_cast<double>(steps);
  const auto at = static_cast<double>(step);
  const auto ramp = [](double from, double to, double share) {
    return to + (from - to) * (1 + std::cos(std::numbers::pi * std::clamp(share, 0.0, 1.0))) / 2;
  };
  if (at < top) return fit.learning_rate * ramp(kFirstRate, 1, at / top);
  return fit.learning_rate * ramp(1, kLastRate, (at - top) / std::max(1.0, static_cast<double>(steps) - top));
}

class Runner {
 public:
  Runner(Stage& stage, const StageOptions& options, const core::ProgressFn& progress, std::stop_token stop)
      : stage_(stage),
        options_(options),
        progress_(progress),
        stop_(std::move(stop)),
        optimiser_(stage.module().parameters(),
                   torch::optim::AdamWOptions(options.fit.learning_rate).weight_decay(options.fit.weight_decay)),
        batches_((stage.samples_per_epoch() + options.fit.batch - 1) / options.fit.batch) {}

  StageReport run() {
    restore();
    while (report_.epochs < options_.fit.epochs) {
      const core::Stopwatch watch;
      run_epoch();
      report_.seconds += watch.seconds();
      ++report_.epochs;
      save();
      tell();
    }
    stage_.module().eval();
    return report_;
  }

 private:
  void restore() {
    if (options_.checkpoint.empty()) return;
    const auto state = load_checkpoint(options_.checkpoint, stage_.module(), optimiser_, options_.fingerprint);
    if (!state) return;
    report_.epochs = state->value("epochs", std::int64_t{0});
    report_.loss = state->value("loss", 0.0);
    report_.accuracy = state->value("accuracy", 0.0);
    report_.seconds = state->value("seconds", 0.0);
  }

  void save() {
    if (options_.checkpoint.empty()) return;
    save_checkpoint(options_.checkpoint, stage_.module(), optimiser_, options_.fingerprint,
                    {{"epochs", report_.epochs},
                     {"loss", report_.loss},
                     {"accuracy", report_.accuracy},
                     {"seconds", report_.seconds}});
  }

  void run_epoch() {
    stage_.module().train();
    const at::Generator generator = make_generator(options_.seed, static_cast<std::uint64_t>(report_.epochs));
    double loss = 0;
    std::int64_t correct = 0, batch = 0;
    const at::Tensor order = stage_.draw_epoch(generator);
    for (const at::Tensor& rows : order.split(options_.fit.batch)) {
      core::throw_if_stopped(stop_);
      const BatchResult result = run_batch(rows, generator, report_.epochs * batches_ + batch++);
      loss += result.loss.item<double>() * static_cast<double>(rows.size(0));
      correct += result.correct;
    }
    const auto samples = static_cast<double>(order.size(0));
    report_.loss = loss / samples;
    report_.accuracy = static_cast<double>(correct) / samples;
  }

  BatchResult run_batch(const at::Tensor& rows, const at::Generator& generator, std::int64_t step) {
    const double rate = cycle_rate(options_.fit, step, options_.fit.epochs * batches_);
    optimiser_.param_groups().front().options().set_lr(rate);
    optimiser_.zero_grad();
    BatchResult result = stage_.loss(rows, generator);
    result.loss.backward();
    torch::nn::utils::clip_grad_norm_(stage_.module().parameters(), options_.fit.gradient_clip);
    optimiser_.step();
    result.loss = result.loss.detach();
    return result;
  }

  void tell() const {
    if (!progress_) return;
    const double share = static_cast<double>(report_.epochs) / static_cast<double>(options_.fit.epochs);
    progress_({options_.title, options_.progress_begin + (options_.progress_end - options_.progress_begin) * share,
               fmt::format("epoch {} of {}: loss {:.3f}, {:.1f} % of seen samples right", report_.epochs,
                           options_.fit.epochs, report_.loss, 100 * report_.accuracy)});
  }

  Stage& stage_;
  const StageOptions& options_;
  const core::ProgressFn& progress_;
  std::stop_token stop_;
  torch::optim::AdamW optimiser_;
  std::int64_t batches_;
  StageReport report_;
};

}  // namespace

StageReport run_stage(Stage& stage, const StageOptions& options, const core::ProgressFn& progress,
                      std::stop_token stop) {
  const c10::InferenceMode normal_tensors(false);
  const at::AutoGradMode with_gradient(true);
  return Runner(stage, options, progress, std::move(stop)).run();
}

}  // namespace purlscope::models::purls
