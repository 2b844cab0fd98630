#pragma once

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/linear.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "models/backbones/backbone.h"
#include "models/backbones/layers/streams.h"

namespace purlscope::models::backbones {

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
/// Channels in, where no stream is named: position, position relative to the root, velocity, bone vector.
/// Source: own design, after ST-GCN (Yan et al., AAAI 2018) and the learned adjacency of 2s-AGCN (Shi et al., CVPR
/// 2019).
class SmallGcn final : public Backbone {
 public:
  SmallGcn(const core::JointLayout& layout, const Options& options);

  using Backbone::features;
  at::Tensor features(const at::Tensor& motion, const Noise& noise) override;
  void initialise(at::Generator generator) override;
  std::int64_t channels() const override { return channels_; }
  std::int64_t nodes() const override { return parents_.size(0); }

  /// Channels after each block.
  static std::vector<std::int64_t> block_widths(const Options& options);

 private:
  at::Tensor input_of(const at::Tensor& motion) const;

  std::vector<Stream> streams_;  ///< empty = the network's own input
  std::int64_t channels_ = 0;
  at::Tensor parents_;
  torch::nn::BatchNorm1d input_norm_{nullptr};
  std::vector<std::shared_ptr<GraphBlock>> blocks_;
};

}  // namespace purlscope::models::backbones
