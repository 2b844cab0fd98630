#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/linear.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/layout.h"
#include "models/purls/net/random.h"

namespace purlscope::models::purls {

/// Sizes of the small graph network.
struct BackboneOptions {
  std::vector<std::int64_t> widths = {48, 64, 96, 128};  ///< channels after each block
  std::vector<std::int64_t> strides = {2, 1, 2, 1};      ///< in time
  double dropout = 0.3;                                  ///< before the classifiers
};

/// One block: joints exchange along a learned adjacency (started from the bones), channels mix, then a depthwise
/// temporal convolution of five taps; residual around it. Layout [N, T, J, C] throughout, so that all mixing is a
/// matrix product over contiguous rows.
class GraphBlock : public torch::nn::Module {
 public:
  GraphBlock(const at::Tensor& adjacency, std::int64_t channels_in, std::int64_t channels_out, std::int64_t stride);
  /// @param x [N, T, J, C_in]
  /// @return  [N, ceil(T / stride), J, C_out]
  at::Tensor forward(const at::Tensor& x);
  void initialise(at::Generator generator);

 private:
  std::int64_t stride_;
  at::Tensor adjacency_, taps_;
  torch::nn::Linear mix_{nullptr}, shortcut_{nullptr};
  torch::nn::BatchNorm1d mixed_norm_{nullptr}, moved_norm_{nullptr};
};

/// A small graph convolution network for one performer of one joint layout, trained from scratch in a minute.
/// Channels in: position, position relative to the root, velocity, bone vector.
/// Source: own design, after ST-GCN (Yan et al., AAAI 2018) and the learned adjacency of 2s-AGCN (Shi et al., CVPR
/// 2019).
class SmallGcn : public torch::nn::Module {
 public:
  /// @param classes number of seen classes of each training set: one classifier head each
  SmallGcn(const core::JointLayout& layout, const BackboneOptions& options, const std::vector<std::int64_t>& classes);

  /// Draws all weights from the generator.
  void initialise(at::Generator generator);

  /// @param motion [N, T, J, 3], torso lengths, see canonical_motion()
  /// @return G before pooling, [N, T', J, C]; T' = T over the product of the strides
  at::Tensor features(const at::Tensor& motion);

  /// Class scores by every head, each [N, classes of its set].
  std::vector<at::Tensor> logits(const at::Tensor& motion, const Noise& noise);

  std::int64_t channels() const { return options_.widths.back(); }

 private:
  BackboneOptions options_;
  at::Tensor parents_;
  torch::nn::BatchNorm1d input_norm_{nullptr};
  std::vector<std::shared_ptr<GraphBlock>> blocks_;
  std::vector<torch::nn::Linear> heads_;
};

/// Averages G over `slots` equal stretches of time (a step on a border counts in both by its overlap) and gives every
/// node unit length. @param features [N, T', J, C] @return [N, slots * J, C], joint fastest
at::Tensor pool_nodes(const at::Tensor& features, std::int64_t slots);

}  // namespace purlscope::models::purls
