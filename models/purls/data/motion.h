#pragma once

#include <ATen/ATen.h>

#include <cstdint>

#include "core/skeleton/window.h"
#include "models/structured/kinematics/motion.h"

namespace purlscope::models::purls {

/// Frames to which every window is brought before the network samples its own.
inline constexpr auto kCanonicalFrames = static_cast<std::int64_t>(structured::kFrames);

/// The window's first performer in the body's own frame, as structured::align_motion() makes it: from the first frame's
/// root, right side on +x, in trunk lengths, linearly resampled. @return [64, J, 3], layout kinect20
/// @throws Error as structured::align_motion()
at::Tensor canonical_motion(const core::Window& window);

/// Linear interpolation of frames. @param motions [N, T, J, 3] @param times [N, F] in frames, 0 to T - 1, on the device
/// of the motions @return [N, F, J, 3]
at::Tensor interpolate_frames(const at::Tensor& motions, const at::Tensor& times);

/// Evenly spaced frames of canonical motions. @param motions [N, 64, J, 3] @return [N, frames, J, 3]
at::Tensor sample_frames(const at::Tensor& motions, std::int64_t frames);

}  // namespace purlscope::models::purls
