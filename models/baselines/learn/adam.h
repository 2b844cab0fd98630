#pragma once

#include <ATen/ATen.h>
#include <torch/nn/module.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "models/baselines/learn/settings.h"

namespace purlscope::models::baselines {

/// Networks that learn by one weight decay (Adam's own kind, added to the gradient).
struct Learner {
  std::shared_ptr<torch::nn::Module> module;
  double weight_decay = 0;
};

/// One training by Adam.
struct Fit {
  std::string title;       ///< shown in progress: "Learning ReViSE"
  Schedule schedule;       ///< its rate and number of steps
  std::int64_t clips = 0;  ///< N, from which batches are drawn
  std::uint64_t seed = 0;
  /// Share of the steps over which the rate climbs from 0 before it falls along a cosine; negative = a constant rate.
  double warm_up = -1;
};

/// Loss of a batch. @param rows [B] indices of clips @param step 0-based @param generator of everything drawn
/// @return scalar with gradient
using BatchLoss = std::function<at::Tensor(const at::Tensor& rows, std::int64_t step, const at::Generator& generator)>;

/// Draws every clip once before any comes again; every batch is full. Deterministic for a seed, a machine and a number
/// of threads. @throws Error{Code::cancelled} between batches
void fit_by_adam(const std::vector<Learner>& learners, const Fit& fit, const BatchLoss& loss,
                 const core::ProgressFn& progress, const std::stop_token& stop);

}  // namespace purlscope::models::baselines
