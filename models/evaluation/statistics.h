#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

namespace purlscope::models {

/// `mean`, `sd` (of the sample; 0 for one value) and `per_seed` of a figure. @param values one a seed, at least one
nlohmann::json mean_and_deviation(const std::vector<double>& values);

/// Interval of the accuracy over draws of the test clips.
struct Interval {
  double low = 0, high = 0;
};

/// Percentile bootstrap over clips: the clips are drawn again with replacement, all seeds of a clip together.
/// The same interval for the same input on every platform. Source: Efron, "Bootstrap methods", Ann. Statist. 1979.
/// @param right share of seeds that got each clip right, 0 to 1 @param level e.g. 0.95
Interval bootstrap(const std::vector<double>& right, double level, int draws = 2000);

/// Expected calibration error in 15 equal bins: mean distance between confidence (largest probability) and accuracy,
/// weighted by the clips of a bin. Source: Guo et al., "On calibration of modern neural networks", ICML 2017.
/// @param probabilities [N, L], rows summing to 1 @param truth [N]
double calibration_error(const at::Tensor& probabilities, const at::Tensor& truth);
/// The same of stated confidences. @param confidence [N], 0 to 1 @param right [N] bool
double confidence_error(const at::Tensor& confidence, const at::Tensor& right);

/// Temperature of a softmax that makes the true classes likeliest: minimum of the mean log loss, by golden section over
/// log temperature within 1e-3 to 1e3 times the scores' spread. @param scores [N, L] @param truth [N]
double fit_temperature(const at::Tensor& scores, const at::Tensor& truth);

}  // namespace purlscope::models
