#include "models/structured/fit/votes.h"

#include <array>
#include <cstdint>

#include "models/nets/instruction_sets.h"

namespace purlscope::models::structured {
namespace {

constexpr float kLargest = 32767;
constexpr std::int64_t kLanes = 32;

/// out[r] = sum over n of row[r][n] x with[n]. Sums run in lanes, so that they need no leave to change their order.
PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void products(const std::int16_t* rows, std::int64_t count, std::int64_t width, const float* with, float* out) {
  const std::int64_t whole = width - width % kLanes;
  for (std::int64_t r = 0; r < count; ++r, rows += width) {
    std::array<float, kLanes> lanes{};
    for (std::int64_t n = 0; n < whole; n += kLanes) {
      for (std::int64_t lane = 0; lane < kLanes; ++lane) {
        lanes[static_cast<std::size_t>(lane)] += static_cast<float>(rows[n + lane]) * with[n + lane];
      }
    }
    float sum = 0;
    for (const float lane : lanes) sum += lane;
    for (std::int64_t n = whole; n < width; ++n) sum += static_cast<float>(rows[n]) * with[n];
    out[r] = sum;
  }
}

}  // namespace

VoteWeights compress(const at::Tensor& dual) {
  const at::Tensor rows = dual.transpose(1, 2);  // [8, C, N]
  const at::Tensor step = (rows.abs().amax(2) / kLargest).clamp_min(1e-30);
  return {(rows / step.unsqueeze(2)).round().to(at::kShort).contiguous(), step};
}

at::Tensor votes(const VoteWeights& weights, const at::Tensor& kernel) {
  const at::Tensor rows = weights.multiples.to(at::kFloat) * weights.step.unsqueeze(2);
  return at::bmm(kernel, rows.transpose(1, 2));
}

void votes_of_one(const VoteWeights& weights, const float* kernel, float* out) {
  const std::int64_t levels = weights.multiples.size(0);
  const std::int64_t classes = weights.multiples.size(1);
  const std::int64_t samples = weights.multiples.size(2);
  const auto* rows = weights.multiples.const_data_ptr<std::int16_t>();
  const auto* step = weights.step.const_data_ptr<float>();
  for (std::int64_t level = 0; level < levels; ++level) {
    products(rows + level * classes * samples, classes, samples, kernel + level * samples, out);
    for (std::int64_t c = 0; c < classes; ++c) out[c] *= step[c];
    out += classes;
    step += classes;
  }
}

}  // namespace purlscope::models::structured
