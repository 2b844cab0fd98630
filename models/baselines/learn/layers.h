#pragma once

#include <ATen/ATen.h>
#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>

#include <cstdint>
#include <vector>

namespace purlscope::models::baselines {

enum class Activation { none, relu, tanh };

/// Linear layers one after the other. Parameters are named "0", "2", "4", ..., as in a sequence where every layer is
/// followed by its activation.
class Layers final : public torch::nn::Module {
 public:
  /// @param widths  of the input and of each layer's output
  /// @param between activation after every layer but the last @param last after the last one
  Layers(const std::vector<std::int64_t>& widths, Activation between, Activation last);
  /// @param x [..., widths.front()] @return [..., widths.back()]
  at::Tensor forward(const at::Tensor& x) const;

 private:
  std::vector<torch::nn::Linear> layers_;
  Activation between_, last_;
};

/// Rows brought to unit length; a row of zeros stays one. @param x [..., d]
at::Tensor unit_rows(const at::Tensor& x);

}  // namespace purlscope::models::baselines
