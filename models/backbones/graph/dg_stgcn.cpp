#include "models/backbones/graph/dg_stgcn.h"

#include <fmt/format.h>

#include "models/backbones/layers/chain.h"
#include "models/backbones/layers/residual_unit.h"

namespace purlscope::models::backbones {
namespace {

constexpr std::int64_t kGraphs = 8, kBranches = 6, kTaps = 3, kDilations = 4;
constexpr double kEdgeMean = 0.04, kEdgeSpread = 0.02;  // of a graph before training

/// Graph convolution along eight dynamic graphs.
class DynamicConv : public torch::nn::Module {
 public:
  DynamicConv(const UnitSize& size, std::int64_t joints) {
    graph_ = register_parameter("A", at::zeros({kGraphs, joints, joints}));
    // Published weights have one number a graph, of which the first alone is read.
    alpha_ = register_parameter("alpha", at::zeros({kGraphs}));
    beta_ = register_parameter("beta", at::zeros({kGraphs}));
    before_ = register_module("pre", std::make_shared<Chain>());
    before_->conv("0", size.in, size.out).norm("1", size.out).relu();
    after_ = register_module("post", time_conv(size.out, size.out));
    first_ = register_module("conv1", time_conv(size.in, size.out));
    second_ = register_module("conv2", time_conv(size.in, size.out));
    norm_ = register_module("bn", torch::nn::BatchNorm2d(size.out));
    if (size.in == size.out) return;
    down_ = register_module("down", std::make_shared<Chain>());
    down_->conv("0", size.in, size.out).norm("1", size.out);
  }

  void draw(at::Generator generator) { graph_.normal_(kEdgeMean, kEdgeSpread, std::move(generator)); }

  at::Tensor forward(const at::Tensor& x) {
    const at::Tensor values = before_->forward(x);
    const at::Tensor mean = x.mean(2, true);
    const at::Tensor a = split(first_->forward(mean)), b = split(second_->forward(mean));  // [N, K, C, J]
    const at::Tensor difference = at::tanh(a.unsqueeze(4) - b.unsqueeze(3));               // [N, K, C, J, J]
    const at::Tensor alike = at::einsum("nkcv,nkcw->nkvw", {a, b}).softmax(2).unsqueeze(2);
    const at::Tensor graph = alpha_[0] * difference + beta_[0] * alike + graph_.unsqueeze(1);
    const at::Tensor maps = values.view({values.size(0), kGraphs, -1, values.size(2), values.size(3)});
    const at::Tensor moved = at::matmul(maps, graph).view(values.sizes());
    return at::relu(norm_->forward(after_->forward(moved)) + (down_ ? down_->forward(x) : x));
  }

 private:
  /// [N, K * C, 1, J] -> [N, K, C, J]
  static at::Tensor split(const at::Tensor& y) { return y.view({y.size(0), kGraphs, -1, y.size(3)}); }

  at::Tensor graph_, alpha_, beta_;
  std::shared_ptr<Chain> before_, down_;
  torch::nn::Conv2d after_{nullptr}, first_{nullptr}, second_{nullptr};
  torch::nn::BatchNorm2d norm_{nullptr};
};

/// Six views of time; the mean of the joints goes through them too and comes back to each joint by a learned share.
class TimeBranches : public torch::nn::Module {
 public:
  TimeBranches(std::int64_t channels, std::int64_t stride, std::int64_t joints) {
    const auto list = register_module("branches", std::make_shared<torch::nn::Module>());
    const auto next = [&] {
      return branches_.emplace_back(
          list->register_module(fmt::format("{}", branches_.size()), std::make_shared<Chain>()));
    };
    const std::int64_t share = channels / kBranches;
    for (std::int64_t dilation = 1; dilation <= kDilations; ++dilation) {
      const std::int64_t width = dilation == 1 ? channels - share * (kBranches - 1) : share;
      auto dilated = std::make_shared<Chain>();
      dilated->conv("conv", width, width, {kTaps, stride, dilation});
      next()->conv("0", channels, width).norm("1", width).relu().then("3", dilated);
    }
    next()->conv("0", channels, share).norm("1", share).relu().time_maximum(stride);
    plain_ = list->register_module(fmt::format("{}", branches_.size()), time_conv(channels, share, {1, stride}));
    share_ = register_parameter("add_coeff", at::zeros({joints}));
    transform_ = register_module("transform", std::make_shared<Chain>());
    transform_->norm("0", channels).relu().conv("2", channels, channels);
    norm_ = register_module("bn", torch::nn::BatchNorm2d(channels));
  }

  at::Tensor forward(const at::Tensor& x) {
    const std::int64_t joints = x.size(3);
    const at::Tensor with_mean = at::cat({x, x.mean(3, true)}, 3);
    std::vector<at::Tensor> parts;
    for (const auto& branch : branches_) parts.push_back(branch->forward(with_mean));
    parts.push_back(plain_->forward(with_mean));
    const at::Tensor all = at::cat(parts, 1);
    const at::Tensor y = all.slice(3, 0, joints) + all.slice(3, joints) * share_;
    return norm_->forward(transform_->forward(y));
  }

 private:
  std::vector<std::shared_ptr<Chain>> branches_;
  torch::nn::Conv2d plain_{nullptr};
  at::Tensor share_;
  std::shared_ptr<Chain> transform_;
  torch::nn::BatchNorm2d norm_{nullptr};
};

using DgUnit = ResidualUnit<DynamicConv, TimeBranches>;

}  // namespace

DgStgcn::DgStgcn(const core::JointLayout& layout, const Options& options) : UnitNetwork(layout, options, 1) {
  const auto joints = static_cast<std::int64_t>(layout.size());
  const auto units = register_module("gcn", std::make_shared<torch::nn::Module>());
  std::size_t index = 0;
  for (const UnitSize& size : unit_sizes(input_channels(), options.width)) {
    append(units->register_module(
        fmt::format("{}", index),
        std::make_shared<DgUnit>(
            size, index == 0, DgUnit::Named<DynamicConv>{"gcn", std::make_shared<DynamicConv>(size, joints)},
            DgUnit::Named<TimeBranches>{"tcn", std::make_shared<TimeBranches>(size.out, size.stride, joints)})));
    ++index;
  }
}

}  // namespace purlscope::models::backbones
