#include "models/baselines/learn/layers.h"

#include <string>

namespace purlscope::models::baselines {
namespace {

at::Tensor activate(const at::Tensor& x, Activation activation) {
  switch (activation) {
    case Activation::relu:
      return at::relu(x);
    case Activation::tanh:
      return at::tanh(x);
    case Activation::none:
      break;
  }
  return x;
}

}  // namespace

Layers::Layers(const std::vector<std::int64_t>& widths, Activation between, Activation last)
    : between_(between), last_(last) {
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
    layers_.push_back(register_module(std::to_string(2 * i), torch::nn::Linear(widths[i], widths[i + 1])));
  }
}

at::Tensor Layers::forward(const at::Tensor& x) const {
  at::Tensor y = x;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const torch::nn::Linear& layer = layers_[i];
    y = activate(at::linear(y, layer->weight, layer->bias), i + 1 < layers_.size() ? between_ : last_);
  }
  return y;
}

at::Tensor unit_rows(const at::Tensor& x) {
  constexpr double kSmallest = 1e-9;
  return x / x.norm(2, -1, true).clamp_min(kSmallest);
}

}  // namespace purlscope::models::baselines
