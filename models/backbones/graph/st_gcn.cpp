#include "models/backbones/graph/st_gcn.h"

#include <fmt/format.h>

#include <utility>

#include "models/backbones/layers/chain.h"
#include "models/backbones/layers/partition.h"

namespace purlscope::models::backbones {
namespace {

constexpr std::int64_t kTaps = 9;

/// A 1 x 1 convolution to one map a group of neighbours, whose sum is taken along the graph.
class GroupConv : public torch::nn::Module {
 public:
  GroupConv(std::int64_t in, std::int64_t out, std::int64_t groups) : groups_(groups) {
    conv_ = register_module("conv", time_conv(in, out * groups));
  }
  /// @param graph [K, J, J] @return [N, D, T, J]
  at::Tensor forward(const at::Tensor& x, const at::Tensor& graph) {
    const at::Tensor y = conv_->forward(x);
    const at::Tensor maps = y.view({y.size(0), groups_, y.size(1) / groups_, y.size(2), y.size(3)});
    return at::einsum("nkctv,kvw->nctw", {maps, graph});
  }

 private:
  std::int64_t groups_;
  torch::nn::Conv2d conv_{nullptr};
};

class StUnit final : public Unit {
 public:
  /// @param graph [K, J, J] of the network @param importance [K, J, J] the unit's own weight of each edge
  StUnit(const UnitSize& size, at::Tensor graph, at::Tensor importance, bool first, double dropout_rate)
      : graph_(std::move(graph)), importance_(std::move(importance)), first_(first), dropout_(dropout_rate) {
    spatial_ = register_module("gcn", std::make_shared<GroupConv>(size.in, size.out, graph_.size(0)));
    temporal_ = register_module("tcn", std::make_shared<Chain>());
    temporal_->norm("0", size.out).relu();
    temporal_->conv("2", size.out, size.out, {kTaps, size.stride}).norm("3", size.out);
    if (first || (size.in == size.out && size.stride == 1)) return;
    residual_ = register_module("residual", std::make_shared<Chain>());
    residual_->conv("0", size.in, size.out, {1, size.stride}).norm("1", size.out);
  }

  at::Tensor forward(const at::Tensor& x, const Noise& noise) override {
    const at::Tensor y = temporal_->forward(spatial_->forward(x, graph_ * importance_));
    if (first_) return at::relu(y);
    return at::relu(dropout(y, dropout_, noise) + (residual_ ? residual_->forward(x) : x));
  }

 private:
  at::Tensor graph_, importance_;
  bool first_;
  double dropout_;
  std::shared_ptr<GroupConv> spatial_;
  std::shared_ptr<Chain> temporal_, residual_;
};

}  // namespace

StGcn::StGcn(const core::JointLayout& layout, const Options& options) : UnitNetwork(layout, options, 1) {
  const at::Tensor graph = register_buffer("A", spatial_partition(layout.parent));
  const auto weights = register_module("edge_importance", std::make_shared<torch::nn::Module>());
  const auto units = register_module("st_gcn_networks", std::make_shared<torch::nn::Module>());
  std::size_t index = 0;
  for (const UnitSize& size : unit_sizes(input_channels(), options.width)) {
    const std::string name = fmt::format("{}", index);
    const at::Tensor importance = weights->register_parameter(name, at::ones_like(graph));
    append(
        units->register_module(name, std::make_shared<StUnit>(size, graph, importance, index == 0, options.dropout)));
    ++index;
  }
}

}  // namespace purlscope::models::backbones
