#pragma once

#include <ATen/ATen.h>
#include <torch/optim/adam.h>

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "models/purls/net/head.h"

namespace purlscope::models::purls {

/// Settings of the published refinement, as its code has them.
struct OfficialRefinementOptions {
  double learning_rate = 0.01;    ///< falls along a cosine to a tenth at the last step
  double threshold = 0.1;         ///< probability that a clip's best class must exceed for it to be learned from
  double decay = 0.001;           ///< pull of scales and shifts alike to 0, part of the gradient
  std::int64_t slots = 16;        ///< of a class in the memory
  std::int64_t steps = 1;         ///< of the whole stream
  bool stays_in_training = true;  ///< from the first step on, the head drops out and norms by the batch, also to score
};

/// DynaPURLS' refinement exactly as its published code does it, for comparison with ours and for nothing else: it asks
/// with the true label's sentences where the caller names them, its memory keeps losses with the graphs of the step in
/// which they were computed, and its decay pulls the scales to 0.
///
/// Scales S and shifts B in R^{C x 8 x m} make the texts normalise(S * F + B). A step scores a batch of clips, keeps in
/// its memory the loss of those whose best class is likely enough (cross entropy of the global level against that
/// class, asked with that class's sentences), and moves S and B by Adam along the mean of all losses in memory.
///
/// Source: the published code of DynaPURLS, model/utils/test_time_utils.py; golden values `dynapurls_refine`.
/// Thread: one at a time.
class OfficialRefinement {
 public:
  /// @param head a copy of its own is refined against, so that the norms' statistics of the caller's stay
  /// @param texts [C, 8, m] unit norm, on the head's device
  OfficialRefinement(const PurlsHead& head, const at::Tensor& texts, const OfficialRefinementOptions& options,
                     at::Generator noise);

  struct Arrival {
    at::Tensor logits;  ///< [N, C] before the step, of the global level
    double loss = 0;    ///< mean over the memory; 0 while it is empty
  };
  /// One batch. @param nodes [N, S, n] @param asked [N] class whose sentences ask each clip
  Arrival step(const at::Tensor& nodes, const at::Tensor& asked);

  /// Products with the refined texts, asked as in step(). @return [N, C, 8]
  at::Tensor similarities(const at::Tensor& nodes, const at::Tensor& asked);
  at::Tensor texts() const;  ///< [C, 8, m] refined
  const at::Tensor& scales() const { return scales_; }
  const at::Tensor& shifts() const { return shifts_; }

 private:
  struct Kept {
    double confidence;
    at::Tensor loss;
  };

  Noise noise() const;
  at::Tensor project(const at::Tensor& nodes, const at::Tensor& texts, const at::Tensor& asked);
  void keep(const at::Tensor& nodes, const at::Tensor& probabilities);
  at::Tensor mean_loss() const;

  OfficialRefinementOptions options_;
  std::shared_ptr<PurlsHead> head_;
  at::Tensor base_, scales_, shifts_;
  at::Generator generator_;
  std::map<std::int64_t, std::vector<Kept>> memory_;
  std::unique_ptr<torch::optim::Adam> adam_;
  std::int64_t done_ = 0;
};

}  // namespace purlscope::models::purls
