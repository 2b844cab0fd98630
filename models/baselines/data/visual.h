#pragma once

#include <ATen/ATen.h>

#include <cstdint>

#include "models/purls/model/model.h"

namespace purlscope::models::baselines {

/// Pooled visual features of clips: the mean over all nodes of the backbone, which have unit length each.
/// @param motions [N, 64, J, 3] canonical @return [N, n], not negative
at::Tensor pooled_features(const purls::PurlsModel& backbone, const at::Tensor& motions);

/// The same of the clips without their key frames, see mask_key_frames(): 30 % of the frames are masked, as 15 of the
/// 50 in the code of SMIE.
at::Tensor masked_features(const purls::PurlsModel& backbone, const at::Tensor& motions, std::uint64_t seed);

}  // namespace purlscope::models::baselines
