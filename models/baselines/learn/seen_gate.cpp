#include "models/baselines/learn/seen_gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/base/error.h"

namespace purlscope::models::baselines {
namespace {

at::Tensor highest(const at::Tensor& probabilities, std::int64_t top) {
  const std::int64_t there = std::min(top, probabilities.size(1));
  return at::constant_pad_nd(std::get<0>(probabilities.topk(there, 1)), {0, top - there});
}

void expect_both(const at::Tensor& is_seen) {
  const auto seen = is_seen.sum().item<std::int64_t>();
  if (seen > 0 && seen < is_seen.size(0)) return;
  throw Error(Code::bad_argument,
              fmt::format("the gate was given {} clips of seen classes among {}: expected some of both kinds", seen,
                          is_seen.size(0)));
}

}  // namespace

at::Tensor gate_features(const at::Tensor& unseen, const at::Tensor& seen, std::int64_t top) {
  return at::cat({highest(unseen, top), highest(seen, top)}, 1);
}

at::Tensor SeenGate::probability_seen(const at::Tensor& features) const {
  return (at::matmul(features.to(at::kDouble), weights) + offset).sigmoid();
}

SeenGate fit_seen_gate(const at::Tensor& features, const at::Tensor& is_seen, double strength) {
  constexpr int kMostSteps = 100;
  constexpr double kSmallestStep = 1e-10;
  expect_both(is_seen);
  const at::Tensor target = is_seen.to(at::kDouble);
  const at::Tensor x = at::cat({features.to(at::kDouble), at::ones({features.size(0), 1}, at::kDouble)}, 1);
  at::Tensor ridge = at::ones({x.size(1)}, at::kDouble);
  ridge[-1] = 0;
  at::Tensor w = at::zeros({x.size(1)}, at::kDouble);
  for (int step = 0; step < kMostSteps; ++step) {
    const at::Tensor p = at::matmul(x, w).sigmoid();
    const at::Tensor slope = strength * at::matmul(x.t(), p - target) + ridge * w;
    const at::Tensor curvature = strength * at::matmul(x.t() * (p * (1 - p)), x) + at::diag(ridge);
    const at::Tensor way = at::linalg_solve(curvature, slope);
    w = w - way;
    if (way.abs().max().item<double>() < kSmallestStep) break;
  }
  return {w.slice(0, 0, -1), w[-1].item<double>()};
}

}  // namespace purlscope::models::baselines
