#include "models/backbones/layers/chain.h"

#include <algorithm>
#include <cmath>

#include "models/training/random.h"

namespace purlscope::models::backbones {
namespace {

void draw_conv(at::Tensor& weight, const at::Tensor& bias, const at::Generator& generator) {
  const auto fan_out = static_cast<double>(weight.numel()) / static_cast<double>(weight.size(1));
  weight.normal_(0, std::sqrt(2.0 / fan_out), generator);
  if (bias.defined()) bias.zero_();
}

}  // namespace

torch::nn::Conv2d time_conv(std::int64_t in, std::int64_t out, TimeConv options) {
  torch::nn::Conv2dOptions built(in, out, {options.kernel, 1});
  built.stride({options.stride, 1});
  built.padding(at::IntArrayRef{options.dilation * (options.kernel - 1) / 2, 0});
  built.dilation({options.dilation, 1});
  torch::nn::Conv2d layer(built);
  return layer;
}

Chain& Chain::conv(const std::string& name, std::int64_t in, std::int64_t out, TimeConv options) {
  auto layer = register_module(name, time_conv(in, out, options));
  steps_.emplace_back([layer](const at::Tensor& x) mutable { return layer->forward(x); });
  return *this;
}

Chain& Chain::norm(const std::string& name, std::int64_t channels) {
  auto layer = register_module(name, torch::nn::BatchNorm2d(channels));
  steps_.emplace_back([layer](const at::Tensor& x) mutable { return layer->forward(x); });
  return *this;
}

Chain& Chain::relu() {
  steps_.emplace_back([](const at::Tensor& x) { return at::relu(x); });
  return *this;
}

Chain& Chain::time_maximum(std::int64_t stride) {
  steps_.emplace_back([stride](const at::Tensor& x) { return at::max_pool2d(x, {3, 1}, {stride, 1}, {1, 0}); });
  return *this;
}

Chain& Chain::then(const std::string& name, const std::shared_ptr<Chain>& inner) {
  register_module(name, inner);
  steps_.emplace_back([inner](const at::Tensor& x) { return inner->forward(x); });
  return *this;
}

at::Tensor Chain::forward(at::Tensor x) const {
  for (const auto& step : steps_) x = step(x);
  return x;
}

std::shared_ptr<Chain> normed_conv(std::int64_t in, std::int64_t out, TimeConv options) {
  auto chain = std::make_shared<Chain>();
  chain->conv("conv", in, out, options).norm("bn", out);
  return chain;
}

void draw_layers(torch::nn::Module& module, const at::Generator& generator) {
  const c10::InferenceMode normal_tensors(false);
  at::NoGradGuard no_grad;
  initialise_linears(module, generator);
  for (const auto& child : module.modules()) {
    if (auto* flat = dynamic_cast<torch::nn::Conv2dImpl*>(child.get())) draw_conv(flat->weight, flat->bias, generator);
    if (auto* row = dynamic_cast<torch::nn::Conv1dImpl*>(child.get())) draw_conv(row->weight, row->bias, generator);
    if (auto* deep = dynamic_cast<torch::nn::Conv3dImpl*>(child.get())) draw_conv(deep->weight, deep->bias, generator);
  }
}

std::int64_t scaled(std::int64_t channels, double width, std::int64_t step) {
  const double wanted = static_cast<double>(channels) * width / static_cast<double>(step);
  return std::max<std::int64_t>(1, std::llround(wanted)) * step;
}

}  // namespace purlscope::models::backbones
