#include "models/purls/train/stage.h"

#include <ATen/core/grad_mode.h>
#include <fmt/format.h>
#include <torch/optim/adamw.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "core/base/stopwatch.h"
#include "models/purls/train/checkpoint.h"
#include "models/training/gradient.h"
#include "models/training/random.h"

namespace purlscope::models::purls {
namespace {

// First and last rate of a cycle, as shares of the highest (the defaults of PyTorch's OneCycleLR).
constexpr double kFirstRate = 1.0 / 25, kLastRate = kFirstRate / 1e4;

/// Rate at a step. Source of the cycle: Smith and Topin, "Super-convergence", 2018, with cosine ramps.
double rate_at(const FitOptions& fit, std::int64_t step, std::int64_t steps) {
  if (fit.schedule == Schedule::constant) return fit.learning_rate;
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
    while (report_.epochs < options_.fit.epochs && !out_of_patience()) {
      const core::Stopwatch watch;
      core::TrainingPoint point = run_epoch();
      measure(point);
      report_.seconds += watch.seconds();
      point.seconds = report_.seconds;
      take(std::move(point));
      save();
      tell(report_.curve.back(), epoch_words(report_.curve.back()));
    }
    choose();
    return std::move(report_);
  }

 private:
  void restore() {
    if (options_.checkpoint.empty()) return;
    report_.curve = restored_curve();
    if (report_.curve.empty()) return;
    const core::TrainingPoint& last = report_.curve.back();
    report_.epochs = last.epoch;
    report_.seconds = last.seconds;
    const std::string words = fmt::format("goes on after epoch {} of {}", last.epoch, last.epochs);
    for (const core::TrainingPoint& point : report_.curve) tell(point, words);
  }

  Curve restored_curve() {
    const auto state = load_checkpoint(options_.checkpoint, fitted(), options_.fingerprint);
    if (!state) return {};
    try {
      return curve_from_json(state->at("curve"));
    } catch (const nlohmann::json::exception& error) {
      throw Error(Code::bad_format, fmt::format("damaged checkpoint: {}: {}: --fresh starts the training over",
                                                options_.checkpoint.string(), error.what()));
    }
  }

  void save() {
    if (options_.checkpoint.empty()) return;
    save_checkpoint(options_.checkpoint, fitted(), options_.fingerprint, {{"curve", curve_to_json(report_.curve)}});
  }

  core::TrainingPoint run_epoch() {
    stage_.module().train();
    const at::Generator generator = make_generator(options_.seed, static_cast<std::uint64_t>(report_.epochs));
    MeanOfBatches mean;
    std::int64_t batch = 0;
    const at::Tensor order = stage_.draw_epoch(generator);
    for (const at::Tensor& rows : order.split(options_.fit.batch)) {
      core::throw_if_stopped(stop_);
      mean.add(run_batch(rows, generator, report_.epochs * batches_ + batch++), rows.size(0));
    }
    const Measured trained = mean.value();
    core::TrainingPoint point;
    point.stage = options_.name;
    point.epoch = static_cast<int>(report_.epochs + 1);
    point.epochs = static_cast<int>(options_.fit.epochs);
    point.loss = trained.loss;
    point.seen_accuracy = trained.accuracy;
    return point;
  }

  void measure(core::TrainingPoint& point) {
    if (point.epoch % options_.fit.measure_every != 0 && point.epoch != options_.fit.epochs) return;
    core::throw_if_stopped(stop_);
    stage_.module().eval();
    const at::NoGradGuard no_grad;
    const std::optional<Measured> held = stage_.measure();
    if (!held) return;
    if (std::isfinite(held->loss)) point.held_loss = held->loss;
    point.held_accuracy = held->accuracy;
  }

  /// Adds a finished epoch, and keeps its weights where they are the best so far.
  void take(core::TrainingPoint point) {
    report_.curve.push_back(std::move(point));
    ++report_.epochs;
    if (best_epoch(report_.curve) == report_.epochs) best_ = Snapshot(stage_.module());
  }

  bool out_of_patience() const {
    const std::int64_t best = best_epoch(report_.curve);
    return options_.fit.patience > 0 && best > 0 && report_.epochs - best >= options_.fit.patience;
  }

  /// Leaves the module with the weights of the epoch that is kept.
  void choose() {
    report_.kept = report_.epochs;
    if (options_.fit.keep == Keep::best && !best_.empty()) {
      best_.restore(stage_.module());
      report_.kept = best_epoch(report_.curve);
    }
    const core::TrainingPoint& kept = report_.curve.at(static_cast<std::size_t>(report_.kept - 1));
    report_.loss = kept.loss;
    report_.accuracy = kept.seen_accuracy;
    stage_.module().eval();
  }

  Fitted fitted() { return {stage_.module(), optimiser_, best_}; }

  BatchResult run_batch(const at::Tensor& rows, const at::Generator& generator, std::int64_t step) {
    const double rate = rate_at(options_.fit, step, options_.fit.epochs * batches_);
    optimiser_.param_groups().front().options().set_lr(rate);
    optimiser_.zero_grad();
    const BatchResult result = stage_.loss(rows, generator);
    result.loss.backward();
    clip_gradients(stage_.module().parameters(), options_.fit.gradient_clip);
    optimiser_.step();
    return result;
  }

  static std::string epoch_words(const core::TrainingPoint& point) {
    std::string words = fmt::format("epoch {} of {}: loss {:.3f}, {:.1f} % of seen samples right", point.epoch,
                                    point.epochs, point.loss, 100 * point.seen_accuracy);
    if (point.held_accuracy) words += fmt::format(", {:.1f} % of those kept out", 100 * *point.held_accuracy);
    return words;
  }

  void tell(const core::TrainingPoint& point, std::string words) const {
    if (!progress_) return;
    const double share = static_cast<double>(point.epoch) / static_cast<double>(point.epochs);
    core::Progress step;
    step.stage = options_.title;
    step.fraction = options_.progress_begin + (options_.progress_end - options_.progress_begin) * share;
    step.detail = std::move(words);
    step.point = point;
    progress_(step);
  }

  Stage& stage_;
  const StageOptions& options_;
  const core::ProgressFn& progress_;
  std::stop_token stop_;
  torch::optim::AdamW optimiser_;
  std::int64_t batches_;
  StageReport report_;
  Snapshot best_;
};

}  // namespace

StageReport run_stage(Stage& stage, const StageOptions& options, const core::ProgressFn& progress,
                      std::stop_token stop) {
  const c10::InferenceMode normal_tensors(false);
  const at::AutoGradMode with_gradient(true);
  return Runner(stage, options, progress, std::move(stop)).run();
}

}  // namespace purlscope::models::purls
