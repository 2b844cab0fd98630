#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <memory>

#include "models/baselines/learn/layers.h"
#include "models/baselines/learn/settings.h"

namespace purlscope::models::baselines {

/// Normal distributions with independent dimensions, one a row.
struct Gaussian {
  at::Tensor mean, log_variance;  ///< [B, d]

  /// @param noise [B, 1]: ONE standard normal number a row, shared by its dimensions, as the reference code draws it
  at::Tensor sample(const at::Tensor& noise) const { return mean + noise * (0.5 * log_variance).exp(); }
  /// Kullback-Leibler divergence from the standard normal, summed over dimensions, mean over rows; never negative.
  at::Tensor divergence() const;
  /// Rows by index. @param places [K]
  Gaussian rows(const at::Tensor& places) const {
    return {mean.index_select(0, places), log_variance.index_select(0, places)};
  }
};

/// Linear maps to mean and logarithm of the variance. Parameters: `mu_transformation`, `logvar_transformation`.
class GaussianEncoder final : public torch::nn::Module {
 public:
  GaussianEncoder(std::int64_t in, std::int64_t latent);
  Gaussian forward(const at::Tensor& x) const;

 private:
  std::shared_ptr<Layers> mean_, log_variance_;
};

/// A linear map with ReLU at its end. Parameter: `model`.
class LatentDecoder final : public torch::nn::Module {
 public:
  LatentDecoder(std::int64_t latent, std::int64_t out);
  at::Tensor forward(const at::Tensor& z) const { return layers_->forward(z); }

 private:
  std::shared_ptr<Layers> layers_;
};

/// Training in cycles: in each the weight of the divergence climbs anew from some step on, and cross reconstruction
/// sets in late. Counted in steps of the published training. Settings: `cycles` 10, `cycle_steps` 1700, `kl_from` 1000,
/// `kl_rate` 0.1 / 3000 a step, `cross_from` 1400 (the reference code's for 1,700 steps; 1500 for 1,900).
struct Cycles {
  std::int64_t count = 10, steps = 1700;
  std::int64_t kl_from = 1000, cross_from = 1400;
  double kl_rate = 0.1 / 3000;

  static Cycles read(Settings& settings);

  /// Where a step of the shortened training stands in the published one.
  struct Place {
    std::int64_t cycle = 0, step = 0;  ///< 0-based, step within its cycle
  };
  Place place(std::int64_t step_made, double speed_up) const;
  /// Weight of a divergence that climbs from a step of the cycle on.
  double climb(std::int64_t from, std::int64_t step) const;
  /// Whether cross reconstruction is on.
  bool crosses(std::int64_t step) const { return step > cross_from; }
};

}  // namespace purlscope::models::baselines
