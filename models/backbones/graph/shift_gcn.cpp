#include "models/backbones/graph/shift_gcn.h"

#include <fmt/format.h>

#include <cmath>

#include "models/backbones/layers/chain.h"
#include "models/backbones/layers/residual_unit.h"

namespace purlscope::models::backbones {
namespace {

/// For each joint and channel the joint that it takes, [J, C]: joint + sign * channel, modulo J.
at::Tensor rotation(std::int64_t joints, std::int64_t channels, std::int64_t sign) {
  const at::Tensor joint = at::arange(joints, at::kLong).unsqueeze(1);
  return at::remainder(joint + sign * at::arange(channels, at::kLong).unsqueeze(0), joints);
}

/// x [N, T, J, C] with the joints of each channel rotated.
at::Tensor rotate(const at::Tensor& x, const at::Tensor& taken) { return x.gather(2, taken.expand(x.sizes())); }

/// Rotation in, a mask of each joint and channel, a linear map of channels, rotation out.
class SpatialShift : public torch::nn::Module {
 public:
  SpatialShift(const UnitSize& size, std::int64_t joints) {
    in_ = register_buffer("shift_in", rotation(joints, size.in, 1));
    out_ = register_buffer("shift_out", rotation(joints, size.out, -1));
    weight_ = register_parameter("Linear_weight", at::zeros({size.in, size.out}));
    bias_ = register_parameter("Linear_bias", at::zeros({1, 1, size.out}));
    mask_ = register_parameter("Feature_Mask", at::zeros({1, joints, size.in}));
    norm_ = register_module("bn", torch::nn::BatchNorm1d(joints * size.out));
    if (size.in == size.out) return;
    down_ = register_module("down", std::make_shared<Chain>());
    down_->conv("0", size.in, size.out).norm("1", size.out);
  }

  void draw(at::Generator generator) {
    weight_.normal_(0, std::sqrt(1.0 / static_cast<double>(weight_.size(1))), std::move(generator));
  }

  at::Tensor forward(const at::Tensor& x) {
    const at::Tensor rows = x.permute({0, 2, 3, 1});  // [N, T, J, C]
    const at::Tensor masked = rotate(rows, in_) * (at::tanh(mask_) + 1);
    const at::Tensor y = rotate(at::matmul(masked, weight_) + bias_, out_);
    const at::Tensor normed = norm_->forward(y.reshape({y.size(0) * y.size(1), -1})).view(y.sizes());
    return at::relu(normed.permute({0, 3, 1, 2}) + (down_ ? down_->forward(x) : x));
  }

 private:
  at::Tensor in_, out_, weight_, bias_, mask_;
  torch::nn::BatchNorm1d norm_{nullptr};
  std::shared_ptr<Chain> down_;
};

/// Shift, linear map, shift: each with learned positions.
class TemporalShift : public torch::nn::Module {
 public:
  TemporalShift(std::int64_t channels, std::int64_t stride) : stride_(stride) {
    before_ = register_module("bn", torch::nn::BatchNorm2d(channels));
    after_ = register_module("bn2", torch::nn::BatchNorm2d(channels));
    in_ = add_positions("shift_in", channels);
    mix_ = register_module("temporal_linear", time_conv(channels, channels));
    out_ = add_positions("shift_out", channels);
  }

  void draw(const at::Generator& generator) {
    in_.uniform_(-1, 1, generator);
    out_.uniform_(-1, 1, generator);
  }

  at::Tensor forward(const at::Tensor& x) {
    const at::Tensor y = at::relu(mix_->forward(shift_in_time(before_->forward(x), in_, 1)));
    // With stride s an output frame lies in the middle of the s input frames it stands for.
    return after_->forward(shift_in_time(y, out_ + static_cast<double>(stride_ - 1) / 2, stride_));
  }

 private:
  at::Tensor add_positions(const std::string& name, std::int64_t channels) {
    const auto shift = register_module(name, std::make_shared<torch::nn::Module>());
    return shift->register_parameter("ypos", at::zeros({channels}));
  }

  std::int64_t stride_;
  at::Tensor in_, out_;
  torch::nn::BatchNorm2d before_{nullptr}, after_{nullptr};
  torch::nn::Conv2d mix_{nullptr};
};

using ShiftUnit = ResidualUnit<SpatialShift, TemporalShift>;

}  // namespace

at::Tensor shift_in_time(const at::Tensor& x, const at::Tensor& positions, std::int64_t stride) {
  const std::int64_t frames = x.size(2), outputs = (frames + stride - 1) / stride;
  const at::Tensor source = at::arange(frames, positions.options().requires_grad(false));
  const at::Tensor target = at::arange(outputs, source.options()) * stride;
  const at::Tensor wanted = positions.view({-1, 1, 1}) + target.view({1, -1, 1});  // [C, T', 1]
  // Linear interpolation as a matrix: a frame counts by one less its distance, where that is positive.
  const at::Tensor weights = at::relu(1 - (wanted - source).abs());  // [C, T', T]
  const at::Tensor planes = x.permute({1, 2, 0, 3}).flatten(2);      // [C, T, N * J]
  return at::bmm(weights, planes).view({x.size(1), outputs, x.size(0), x.size(3)}).permute({2, 0, 1, 3});
}

ShiftGcnNetwork::ShiftGcnNetwork(const core::JointLayout& layout, const Options& options)
    : UnitNetwork(layout, options, options.performers) {
  const auto joints = static_cast<std::int64_t>(layout.size());
  std::size_t number = 0;
  for (const UnitSize& size : unit_sizes(input_channels(), options.width)) {
    ++number;
    append(register_module(
        fmt::format("l{}", number),
        std::make_shared<ShiftUnit>(
            size, number == 1, ShiftUnit::Named<SpatialShift>{"gcn1", std::make_shared<SpatialShift>(size, joints)},
            ShiftUnit::Named<TemporalShift>{"tcn1", std::make_shared<TemporalShift>(size.out, size.stride)})));
  }
}

}  // namespace purlscope::models::backbones
