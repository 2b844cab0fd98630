#include "models/baselines/data/visual.h"

#include "models/baselines/data/masking.h"
#include "models/training/random.h"

namespace purlscope::models::baselines {

at::Tensor pooled_features(const purls::PurlsModel& backbone, const at::Tensor& motions) {
  const c10::InferenceMode normal_tensors(false);
  return backbone.nodes(motions).mean(1);
}

at::Tensor masked_features(const purls::PurlsModel& backbone, const at::Tensor& motions, std::uint64_t seed) {
  constexpr double kMaskedShare = 0.3;
  constexpr std::uint64_t kMaskStretch = 5;  // of the seed's random numbers
  const auto masked = static_cast<std::int64_t>(kMaskedShare * static_cast<double>(motions.size(1)));
  return pooled_features(backbone, mask_key_frames(motions, masked, make_generator(seed, kMaskStretch)));
}

}  // namespace purlscope::models::baselines
