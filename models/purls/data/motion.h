#pragma once

#include <ATen/ATen.h>

#include <cstdint>

#include "core/skeleton/window.h"
#include "models/purls/net/random.h"
#include "models/structured/kinematics/motion.h"

namespace purlscope::models::purls {

/// Frames to which every window is brought before the network samples its own.
inline constexpr auto kCanonicalFrames = static_cast<std::int64_t>(structured::kFrames);

/// The window's first performer in the body's own frame, as structured::align_motion() makes it: from the first frame's
/// root, right side on +x, in trunk lengths, linearly resampled. @return [64, J, 3], layout kinect20
/// @throws Error as structured::align_motion()
at::Tensor canonical_motion(const core::Window& window);

/// Evenly spaced frames of canonical motions. @param motions [N, 64, J, 3] @return [N, frames, J, 3]
at::Tensor sample_frames(const at::Tensor& motions, std::int64_t frames);

/// Training variants of canonical motions: a stretch of 80 to 100 % of the time, a turn of up to 20 degrees about the
/// vertical and 9 about the left-right axis, a size of 90 to 110 %, and sensor noise of 1 % of a trunk length.
at::Tensor augment(const at::Tensor& motions, std::int64_t frames, at::Generator generator);

}  // namespace purlscope::models::purls
