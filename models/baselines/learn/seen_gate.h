#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace purlscope::models::baselines {

/// What SynSE's gate knows of clips: how sure a classifier over the unseen classes and one over the seen classes are.
/// @param unseen [N, U] probabilities @param seen [N, S] probabilities @param top how many of each, from the highest
/// @return [N, 2 top], those of the unseen classes first; where there are fewer classes than `top`, zeros follow
at::Tensor gate_features(const at::Tensor& unseen, const at::Tensor& seen, std::int64_t top);

/// Gate of generalised zero-shot recognition: tells clips of seen classes from others. A logistic regression.
/// Source: Gupta et al., "Syntactically Guided Generative Embeddings for Zero-Shot Skeleton Action Recognition" (ICIP
/// 2021), section 2.4. It is to be fitted on classes held out from the seen ones, never on unseen ones.
struct SeenGate {
  at::Tensor weights;  ///< [F] double
  double offset = 0;

  /// @param features [N, F] @return [N] probability that the clip's class is a seen one
  at::Tensor probability_seen(const at::Tensor& features) const;
};

/// Minimises |w|^2 / 2 + strength x the summed logistic loss by Newton's method; the offset is not punished.
/// @param features [N, F] of gate_features() @param is_seen [N] true for clips of seen classes
/// @throws Error{Code::bad_argument} unless both kinds are there
SeenGate fit_seen_gate(const at::Tensor& features, const at::Tensor& is_seen, double strength = 1);

}  // namespace purlscope::models::baselines
