#include "models/backbones/graph/ctr_gcn.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/backbones/layers/chain.h"
#include "models/backbones/layers/partition.h"
#include "models/backbones/layers/residual_unit.h"

namespace purlscope::models::backbones {
namespace {

constexpr std::int64_t kTaps = 5, kRelations = 8;  // relation channels: an eighth of the input's, at least eight

/// One graph, refined for each channel (CTR-GC of the paper).
class RefinedConv : public torch::nn::Module {
 public:
  RefinedConv(std::int64_t in, std::int64_t out) {
    const std::int64_t relations = std::max(kRelations, in / 8);
    from_ = register_module("conv1", time_conv(in, relations));
    to_ = register_module("conv2", time_conv(in, relations));
    value_ = register_module("conv3", time_conv(in, out));
    refine_ = register_module("conv4", time_conv(relations, out));
  }

  /// @param graph [J, J] @param alpha weight of the refinement
  at::Tensor forward(const at::Tensor& x, const at::Tensor& graph, const at::Tensor& alpha) {
    const at::Tensor a = from_->forward(x).mean(2), b = to_->forward(x).mean(2);               // [N, R, J]
    const at::Tensor relations = refine_->forward(at::tanh(a.unsqueeze(3) - b.unsqueeze(2)));  // [N, D, J, J]
    const at::Tensor refined = alpha * relations + graph;
    return at::matmul(value_->forward(x), refined.transpose(2, 3));
  }

 private:
  torch::nn::Conv2d from_{nullptr}, to_{nullptr}, value_{nullptr}, refine_{nullptr};
};

class CtrConv : public torch::nn::Module {
 public:
  CtrConv(const UnitSize& size, const at::Tensor& graph) {
    const auto list = register_module("convs", std::make_shared<torch::nn::Module>());
    for (std::int64_t k = 0; k < graph.size(0); ++k) {
      convs_.push_back(list->register_module(fmt::format("{}", k), std::make_shared<RefinedConv>(size.in, size.out)));
    }
    graph_ = register_parameter("PA", graph.clone());
    alpha_ = register_parameter("alpha", at::zeros({1}));
    norm_ = register_module("bn", torch::nn::BatchNorm2d(size.out));
    if (size.in == size.out) return;
    down_ = register_module("down", std::make_shared<Chain>());
    down_->conv("0", size.in, size.out).norm("1", size.out);
  }

  at::Tensor forward(const at::Tensor& x) {
    at::Tensor sum = convs_[0]->forward(x, graph_[0], alpha_);
    for (std::size_t k = 1; k < convs_.size(); ++k) {
      sum = sum + convs_[k]->forward(x, graph_[static_cast<std::int64_t>(k)], alpha_);
    }
    return at::relu(norm_->forward(sum) + (down_ ? down_->forward(x) : x));
  }

 private:
  std::vector<std::shared_ptr<RefinedConv>> convs_;
  at::Tensor graph_, alpha_;
  torch::nn::BatchNorm2d norm_{nullptr};
  std::shared_ptr<Chain> down_;
};

/// Four views of time, a quarter of the channels each.
class TimeBranches : public torch::nn::Module {
 public:
  TimeBranches(std::int64_t channels, std::int64_t stride) {
    const std::int64_t share = channels / 4;
    const auto list = register_module("branches", std::make_shared<torch::nn::Module>());
    for (std::size_t i = 0; i < 4; ++i) {
      branches_.push_back(list->register_module(fmt::format("{}", i), std::make_shared<Chain>()));
    }
    for (std::int64_t dilation = 1; dilation <= 2; ++dilation) {
      Chain& dilated = *branches_[static_cast<std::size_t>(dilation - 1)];
      dilated.conv("0", channels, share).norm("1", share).relu();
      dilated.then("3", normed_conv(share, share, {kTaps, stride, dilation}));
    }
    branches_[2]->conv("0", channels, share).norm("1", share).relu().time_maximum(stride).norm("4", share);
    branches_[3]->conv("0", channels, share, {1, stride}).norm("1", share);
  }

  at::Tensor forward(const at::Tensor& x) const {
    std::vector<at::Tensor> parts;
    parts.reserve(branches_.size());
    for (const auto& branch : branches_) parts.push_back(branch->forward(x));
    return at::cat(parts, 1);
  }

 private:
  std::vector<std::shared_ptr<Chain>> branches_;
};

using CtrUnit = ResidualUnit<CtrConv, TimeBranches>;

}  // namespace

CtrGcn::CtrGcn(const core::JointLayout& layout, const Options& options)
    : UnitNetwork(layout, options, options.performers) {
  const at::Tensor graph = direction_partition(layout.parent);
  std::size_t number = 0;
  for (const UnitSize& size : unit_sizes(input_channels(), options.width)) {
    ++number;
    append(register_module(
        fmt::format("l{}", number),
        std::make_shared<CtrUnit>(
            size, number == 1, CtrUnit::Named<CtrConv>{"gcn1", std::make_shared<CtrConv>(size, graph)},
            CtrUnit::Named<TimeBranches>{"tcn1", std::make_shared<TimeBranches>(size.out, size.stride)})));
  }
}

}  // namespace purlscope::models::backbones
