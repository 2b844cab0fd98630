#pragma once

#include <ATen/ATen.h>
#include <torch/nn/module.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace purlscope::models::backbones {

/// A convolution over time on [N, C, T, J], the same for every joint. The frames at both ends are padded with zeros so
/// that T' = ceil(T / stride).
struct TimeConv {
  std::int64_t kernel = 1, stride = 1, dilation = 1;
};
torch::nn::Conv2d time_conv(std::int64_t in, std::int64_t out, TimeConv options = {});

/// Layers one after the other, each under a name of its own choice: published weights call them by their place, where
/// layers without weights count too.
class Chain : public torch::nn::Module {
 public:
  Chain& conv(const std::string& name, std::int64_t in, std::int64_t out, TimeConv options = {});
  Chain& norm(const std::string& name, std::int64_t channels);
  Chain& relu();
  /// Largest of three neighbouring frames. @param stride in time
  Chain& time_maximum(std::int64_t stride);
  /// A chain within the chain.
  Chain& then(const std::string& name, const std::shared_ptr<Chain>& inner);

  /// @param x [N, C, T, J] @return [N, C', T', J]
  at::Tensor forward(at::Tensor x) const;

 private:
  std::vector<std::function<at::Tensor(const at::Tensor&)>> steps_;
};

/// A convolution over time and its batch norm, named `conv` and `bn`.
std::shared_ptr<Chain> normed_conv(std::int64_t in, std::int64_t out, TimeConv options = {});

/// Draws the weights of all convolutions and linear layers below a module: convolutions normal with a deviation of
/// sqrt(2 / fan out) and no bias, linear ones as initialise_linears(). Source: He et al., "Delving deep into
/// rectifiers", ICCV 2015.
void draw_layers(torch::nn::Module& module, const at::Generator& generator);

/// Channels of a published network at another width: a multiple of `step`, at least one.
std::int64_t scaled(std::int64_t channels, double width, std::int64_t step = 8);

}  // namespace purlscope::models::backbones
