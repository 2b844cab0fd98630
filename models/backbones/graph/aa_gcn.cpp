#include "models/backbones/graph/aa_gcn.h"

#include <fmt/format.h>
#include <torch/nn/modules/linear.h>

#include "models/backbones/layers/chain.h"
#include "models/backbones/layers/partition.h"
#include "models/backbones/layers/residual_unit.h"

namespace purlscope::models::backbones {
namespace {

constexpr std::int64_t kTaps = 9, kEmbedding = 4, kSqueeze = 2;  // shares of the unit's channels: 1 / 4, 1 / 2

torch::nn::Conv1d attention_conv(std::int64_t channels, std::int64_t taps) {
  torch::nn::Conv1d layer(torch::nn::Conv1dOptions(channels, 1, taps).padding((taps - 1) / 2));
  return layer;
}

/// Graph convolution whose graphs follow the sample, and the three attentions after it.
class AdaptiveConv : public torch::nn::Module {
 public:
  AdaptiveConv(const UnitSize& size, const at::Tensor& graph) : groups_(graph.size(0)) {
    const std::int64_t embedded = size.out / kEmbedding, joints = graph.size(1);
    graph_ = register_parameter("PA", graph.clone());
    alpha_ = register_parameter("alpha", at::zeros({1}));
    first_ = add_convs("conv_a", size.in, embedded);
    second_ = add_convs("conv_b", size.in, embedded);
    value_ = add_convs("conv_d", size.in, size.out);
    norm_ = register_module("bn", torch::nn::BatchNorm2d(size.out));
    joint_attention_ = register_module("conv_sa", attention_conv(size.out, joints % 2 == 1 ? joints : joints - 1));
    time_attention_ = register_module("conv_ta", attention_conv(size.out, kTaps));
    squeeze_ = register_module("fc1c", torch::nn::Linear(size.out, size.out / kSqueeze));
    excite_ = register_module("fc2c", torch::nn::Linear(size.out / kSqueeze, size.out));
    if (size.in == size.out) return;
    down_ = register_module("down", std::make_shared<Chain>());
    down_->conv("0", size.in, size.out).norm("1", size.out);
  }

  at::Tensor forward(const at::Tensor& x) {
    at::Tensor sum;
    for (std::int64_t k = 0; k < groups_; ++k) {
      const auto group = static_cast<std::size_t>(k);
      const at::Tensor graph = graph_[k] + alpha_ * similarity(x, group);  // [N, J, J]
      const at::Tensor moved = at::matmul(x.flatten(1, 2), graph).view(x.sizes());
      const at::Tensor part = value_[group]->forward(moved);
      sum = sum.defined() ? sum + part : part;
    }
    return attend(at::relu(norm_->forward(sum) + (down_ ? down_->forward(x) : x)));
  }

 private:
  std::vector<torch::nn::Conv2d> add_convs(const std::string& name, std::int64_t in, std::int64_t out) {
    const auto list = register_module(name, std::make_shared<torch::nn::Module>());
    std::vector<torch::nn::Conv2d> convs;
    for (std::int64_t k = 0; k < groups_; ++k) {
      convs.emplace_back(list->register_module(fmt::format("{}", k), time_conv(in, out)));
    }
    return convs;
  }

  /// How alike joints v and w are in this sample, [N, J, J].
  at::Tensor similarity(const at::Tensor& x, std::size_t group) {
    const at::Tensor a = first_[group]->forward(x).flatten(1, 2), b = second_[group]->forward(x).flatten(1, 2);
    return at::tanh(at::matmul(a.transpose(1, 2), b) / static_cast<double>(a.size(1)));
  }

  at::Tensor attend(at::Tensor y) {
    const at::Tensor joints = at::sigmoid(joint_attention_->forward(y.mean(2)));  // [N, 1, J]
    y = y * joints.unsqueeze(2) + y;
    const at::Tensor frames = at::sigmoid(time_attention_->forward(y.mean(3)));  // [N, 1, T]
    y = y * frames.unsqueeze(3) + y;
    const at::Tensor squeezed = at::relu(squeeze_->forward(y.mean({2, 3})));
    const at::Tensor channels = at::sigmoid(excite_->forward(squeezed));  // [N, C]
    return y * channels.unsqueeze(2).unsqueeze(3) + y;
  }

  std::int64_t groups_;
  at::Tensor graph_, alpha_;
  std::vector<torch::nn::Conv2d> first_, second_, value_;
  torch::nn::BatchNorm2d norm_{nullptr};
  torch::nn::Conv1d joint_attention_{nullptr}, time_attention_{nullptr};
  torch::nn::Linear squeeze_{nullptr}, excite_{nullptr};
  std::shared_ptr<Chain> down_;
};

using AaUnit = ResidualUnit<AdaptiveConv, Chain>;

}  // namespace

AaGcn::AaGcn(const core::JointLayout& layout, const Options& options)
    : UnitNetwork(layout, options, options.performers) {
  const at::Tensor graph = direction_partition(layout.parent);
  std::size_t number = 0;
  for (const UnitSize& size : unit_sizes(input_channels(), options.width)) {
    ++number;
    append(register_module(
        fmt::format("l{}", number),
        std::make_shared<AaUnit>(size, number == 1,
                                 AaUnit::Named<AdaptiveConv>{"gcn1", std::make_shared<AdaptiveConv>(size, graph)},
                                 AaUnit::Named<Chain>{"tcn1", normed_conv(size.out, size.out, {kTaps, size.stride})})));
  }
}

}  // namespace purlscope::models::backbones
