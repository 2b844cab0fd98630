#include "models/baselines/learn/vae.h"

#include <algorithm>
#include <vector>

namespace purlscope::models::baselines {

at::Tensor Gaussian::divergence() const {
  return -0.5 * (1 + log_variance - mean.square() - log_variance.exp()).sum() / mean.size(0);
}

GaussianEncoder::GaussianEncoder(std::int64_t in, std::int64_t latent) {
  const auto linear = [&] {
    return std::make_shared<Layers>(std::vector{in, latent}, Activation::none, Activation::none);
  };
  mean_ = register_module("mu_transformation", linear());
  log_variance_ = register_module("logvar_transformation", linear());
}

Gaussian GaussianEncoder::forward(const at::Tensor& x) const { return {mean_->forward(x), log_variance_->forward(x)}; }

LatentDecoder::LatentDecoder(std::int64_t latent, std::int64_t out) {
  layers_ =
      register_module("model", std::make_shared<Layers>(std::vector{latent, out}, Activation::none, Activation::relu));
}

Cycles Cycles::read(Settings& settings) {
  Cycles cycles;
  cycles.count = settings.count("cycles", 10, 1, 10'000);
  cycles.steps = settings.count("cycle_steps", 1700, 1, 1'000'000);
  cycles.kl_from = settings.count("kl_from", 1000, 0, 1'000'000);
  cycles.kl_rate = settings.number("kl_rate", 0.1 / 3000, 0, 1);
  cycles.cross_from = settings.count("cross_from", 1400, 0, 1'000'000);
  return cycles;
}

Cycles::Place Cycles::place(std::int64_t step_made, double speed_up) const {
  const auto step = static_cast<std::int64_t>(static_cast<double>(step_made) * speed_up);
  return {step / steps, step % steps};
}

double Cycles::climb(std::int64_t from, std::int64_t step) const {
  return kl_rate * static_cast<double>(std::max<std::int64_t>(0, step - from));
}

}  // namespace purlscope::models::baselines
