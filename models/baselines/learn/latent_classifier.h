#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <stop_token>

#include "models/baselines/learn/settings.h"

namespace purlscope::models::baselines {

/// How the classifier over generated latents learns.
/// Settings: `classifier_latents` 500 a class, `classifier_steps` 300 (each over all latents), `classifier_rate` 1e-3,
/// `classifier_relu` false; true puts a ReLU behind its scores, as the reference code does, where a class whose score
/// has fallen to 0 for all latents is never learned.
struct ClassifierOptions {
  std::int64_t latents = 500, steps = 300;
  double rate = 1e-3;
  bool relu = false;

  static ClassifierOptions read(Settings& settings);
};

/// Makes latents of classes. @param classes [K] @param noise [K, 2] standard normal, a column for each text
/// encoder @return [K, d]
using Generate = std::function<at::Tensor(const at::Tensor& classes, const at::Tensor& noise)>;

/// Learns a linear classifier over latents generated for the candidates and applies it to clips.
/// @param clips [B, d] latents @param candidates their number L
/// @return [B, L] logarithms of probabilities @throws Error{Code::cancelled}
at::Tensor classify_by_generated(const at::Tensor& clips, std::int64_t candidates, const Generate& generate,
                                 const ClassifierOptions& options, std::uint64_t seed, const std::stop_token& stop);

}  // namespace purlscope::models::baselines
