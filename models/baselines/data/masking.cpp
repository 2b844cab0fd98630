#include "models/baselines/data/masking.h"

#include <tuple>

namespace purlscope::models::baselines {

at::Tensor calm_frames(const at::Tensor& motions, std::int64_t kept) {
  const std::int64_t frames = motions.size(1);
  const at::Tensor step = (motions.slice(1, 1) - motions.slice(1, 0, frames - 1)).square().mean({2, 3});  // [N, T - 1]
  const at::Tensor unrest = at::constant_pad_nd(step, {1, 0}) + at::constant_pad_nd(step, {0, 1});
  const at::Tensor calmest = std::get<1>(unrest.topk(kept, 1, /*largest=*/false));
  return std::get<0>(calmest.sort(1));
}

at::Tensor mask_key_frames(const at::Tensor& motions, std::int64_t masked, at::Generator generator) {
  const std::int64_t calm = motions.size(1) - masked;
  const at::Tensor order = at::randperm(calm, generator, at::TensorOptions().dtype(at::kLong));
  const at::Tensor places = std::get<0>(order.slice(0, 0, calm - masked).sort());
  const at::Tensor frames = calm_frames(motions, calm).index_select(1, places);
  return motions.index({at::arange(motions.size(0), at::kLong).unsqueeze(1), frames});
}

}  // namespace purlscope::models::baselines
