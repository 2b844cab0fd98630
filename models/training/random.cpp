#include "models/training/random.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/nn/modules/linear.h>

#include <cmath>

namespace purlscope::models {

at::Generator make_generator(std::uint64_t seed, std::uint64_t stretch) {
  std::uint64_t mixed = seed + 0x9E3779B97F4A7C15ULL * (stretch + 1);
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
  return at::make_generator<at::CPUGeneratorImpl>(mixed ^ (mixed >> 31));
}

at::Tensor dropout(const at::Tensor& x, double rate, const Noise& noise) {
  if (!noise || rate <= 0) return x;
  const at::TensorOptions drawn = x.options().requires_grad(false).device(at::kCPU);
  const at::Tensor keep = at::empty_like(x, drawn).bernoulli_(1 - rate, *noise);
  return x * keep.div_(1 - rate).to(x.device(), /*non_blocking=*/true);
}

void initialise_linears(torch::nn::Module& module, at::Generator generator) {
  const c10::InferenceMode normal_tensors(false);
  at::NoGradGuard no_grad;
  for (const auto& child : module.modules()) {
    auto* linear = dynamic_cast<torch::nn::LinearImpl*>(child.get());
    if (linear == nullptr) continue;
    const double bound = 1.0 / std::sqrt(static_cast<double>(linear->weight.size(1)));
    linear->weight.uniform_(-bound, bound, generator);
    if (linear->bias.defined()) linear->bias.uniform_(-bound, bound, generator);
  }
}

}  // namespace purlscope::models
