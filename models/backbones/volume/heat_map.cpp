#include "models/backbones/volume/heat_map.h"

namespace purlscope::models::backbones {
namespace {

constexpr double kReach = 3;  // deviations
constexpr double kLeastScore = 1e-3;
constexpr double kFilled = 0.75;       // share of the map that the longer side of the body's box takes
constexpr double kSmallestBox = 1e-3;  // torso lengths

/// One axis of the Gaussian. @param centre [...] @return [..., size]; zero outside the window of whole cells
at::Tensor axis_heat(const at::Tensor& centre, std::int64_t size, double sigma) {
  const at::Tensor at_cell = at::arange(size, centre.options());
  const at::Tensor middle = centre.unsqueeze(-1);
  const at::Tensor first = (middle - kReach * sigma).trunc(), last = (middle + kReach * sigma).trunc();
  const at::Tensor inside = at_cell.ge(first).logical_and(at_cell.le(last));
  return at::exp(-(at_cell - middle).square() / (2 * sigma * sigma)) * inside;
}

}  // namespace

at::Tensor joint_heat(const at::Tensor& points, const at::Tensor& scores, std::int64_t size, double sigma) {
  at::Tensor hottest;
  for (std::int64_t performer = 0; performer < points.size(1); ++performer) {
    const at::Tensor point = points.select(1, performer), score = scores.select(1, performer);
    const at::Tensor strength = at::where(score.lt(kLeastScore), at::zeros_like(score), score);
    const at::Tensor across = axis_heat(point.select(-1, 0), size, sigma);
    const at::Tensor down = axis_heat(point.select(-1, 1), size, sigma) * strength.unsqueeze(-1);
    const at::Tensor heat = down.unsqueeze(-1) * across.unsqueeze(-2);  // [N, T, J, H, W]
    hottest = hottest.defined() ? at::maximum(hottest, heat) : heat;
  }
  return hottest.transpose(1, 2);
}

at::Tensor project_to_map(const at::Tensor& motion, std::int64_t size) {
  const at::Tensor view = at::stack({motion.select(-1, 0), -motion.select(-1, 1)}, -1);
  const at::Tensor low = view.amin({1, 2}, true), high = view.amax({1, 2}, true);
  const at::Tensor side = (high - low).amax({-1}, true).clamp_min(kSmallestBox);
  const double middle = static_cast<double>(size - 1) / 2;
  return (view - (low + high) / 2) / side * (kFilled * static_cast<double>(size)) + middle;
}

}  // namespace purlscope::models::backbones
