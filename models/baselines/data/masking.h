#pragma once

#include <ATen/ATen.h>
#include <ATen/core/Generator.h>

#include <cstdint>

namespace purlscope::models::baselines {

/// Frames that move least: the mean of the squared steps from the frame before and to the frame after, over joints and
/// coordinates. @param motions [N, T, J, 3] @return [N, kept] in order of time
at::Tensor calm_frames(const at::Tensor& motions, std::int64_t kept);

/// Motions without their key moments, as SMIE's temporal constraint asks for them: `masked` of the T frames that move
/// most are left out, then the same drawn places for all clips, again `masked` of them.
/// Source: Zhou et al., "Zero-shot Skeleton-based Action Recognition via Mutual Information Estimation and
/// Maximization" (ACM MM 2023), section 3.3, and its code.
/// @param motions [N, T, J, 3] @param masked below T / 2 @return [N, T - 2 masked, J, 3]
at::Tensor mask_key_frames(const at::Tensor& motions, std::int64_t masked, at::Generator generator);

}  // namespace purlscope::models::baselines
