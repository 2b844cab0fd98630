#pragma once

#include <torch/nn/modules/batchnorm.h>

#include <array>
#include <memory>
#include <vector>

#include "models/backbones/backbone.h"
#include "models/backbones/layers/streams.h"

namespace purlscope::models::backbones {

/// Size of one unit of a graph network.
struct UnitSize {
  std::int64_t in = 0, out = 0, stride = 1;
};

/// Strides in time of the ten units that ST-GCN, Shift-GCN, AA-GCN, CTR-GCN and DG-STGCN share.
inline constexpr std::array<std::int64_t, 10> kUnitStrides = {1, 1, 1, 1, 2, 1, 1, 2, 1, 1};

/// Channels n of such a network: four times the base of 64, which the width scales.
std::int64_t unit_channels(double width);

/// The ten sizes: the base four times, twice the base three times, four times the base three times.
std::vector<UnitSize> unit_sizes(std::int64_t input_channels, double width);

/// One unit: joints exchange along a graph, then time is convolved.
class Unit : public torch::nn::Module {
 public:
  /// @param x [N, C, T, J] @return [N, D, ceil(T / stride), J]
  virtual at::Tensor forward(const at::Tensor& x, const Noise& noise) = 0;
  /// Draws what is not a convolution, a linear layer or a norm.
  virtual void draw(at::Generator /*generator*/) {}  // NOLINT(performance-unnecessary-value-param): others keep it
};

/// What the published graph networks have in common: streams, a batch norm of the input (`data_bn`, one channel for
/// each coordinate of each joint), and units in a row.
class UnitNetwork : public Backbone {
 public:
  using Backbone::features;
  at::Tensor features(const at::Tensor& motion, const Noise& noise) override;
  void initialise(at::Generator generator) override;
  std::int64_t channels() const override { return channels_; }
  std::int64_t nodes() const override { return joints_; }

 protected:
  /// @param performers whose coordinates the input norm tells apart
  UnitNetwork(const core::JointLayout& layout, const Options& options, int performers);
  std::int64_t input_channels() const { return 3 * static_cast<std::int64_t>(streams_.size()); }
  /// The next unit, which the caller has registered.
  void append(std::shared_ptr<Unit> unit) { units_.push_back(std::move(unit)); }

 private:
  std::vector<Stream> streams_;
  at::Tensor parents_;
  std::int64_t joints_, channels_, performers_;
  torch::nn::BatchNorm1d input_norm_{nullptr};
  std::vector<std::shared_ptr<Unit>> units_;
};

}  // namespace purlscope::models::backbones
