#pragma once

#include <memory>
#include <utility>

#include "models/backbones/layers/chain.h"
#include "models/backbones/layers/unit_network.h"

namespace purlscope::models::backbones {

/// A unit of two parts, over joints and over time, and a residual around both: none around the first unit, the input
/// itself where size and stride stay, else a convolution ("residual").
template <class Spatial, class Temporal>
class ResidualUnit final : public Unit {
 public:
  /// A part and the name by which published weights call it.
  template <class Part>
  struct Named {
    const char* name;
    std::shared_ptr<Part> part;
  };

  ResidualUnit(const UnitSize& size, bool first, Named<Spatial> spatial, Named<Temporal> temporal)
      : first_(first),
        spatial_(register_module(spatial.name, std::move(spatial.part))),
        temporal_(register_module(temporal.name, std::move(temporal.part))) {
    if (first || (size.in == size.out && size.stride == 1)) return;
    residual_ = register_module("residual", normed_conv(size.in, size.out, {1, size.stride}));
  }

  void draw(at::Generator generator) override {
    if constexpr (requires { spatial_->draw(generator); }) spatial_->draw(generator);
    if constexpr (requires { temporal_->draw(generator); }) temporal_->draw(generator);
  }

  at::Tensor forward(const at::Tensor& x, const Noise& /*noise*/) override {
    const at::Tensor y = temporal_->forward(spatial_->forward(x));
    if (first_) return at::relu(y);
    return at::relu(y + (residual_ ? residual_->forward(x) : x));
  }

 private:
  bool first_;
  std::shared_ptr<Spatial> spatial_;
  std::shared_ptr<Temporal> temporal_;
  std::shared_ptr<Chain> residual_;
};

}  // namespace purlscope::models::backbones
