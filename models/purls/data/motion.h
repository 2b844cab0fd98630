#pragma once

#include <ATen/ATen.h>

#include <cstdint>

#include "core/skeleton/window.h"
#include "models/purls/net/random.h"

namespace purlscope::models::purls {

/// Frames to which every window is brought before the network samples its own.
inline constexpr std::int64_t kCanonicalFrames = 64;

/// The window's first performer in body coordinates: the origin is the root joint of the first frame, the mean shoulder
/// and hip line of the first frames lies on +x (a turn about the vertical), and the median trunk length is 1.
/// A joint without a value stands where its parent stands.
///
/// @param window in layout kinect20, at least one frame
/// @return       [64, J, 3] trunk lengths, linearly resampled over the window
/// @throws Error{Code::shape_mismatch} for another layout, Error{Code::bad_format} for an empty window or one without
///         a measurable trunk
at::Tensor canonical_motion(const core::Window& window);

/// Evenly spaced frames of canonical motions. @param motions [N, 64, J, 3] @return [N, frames, J, 3]
at::Tensor sample_frames(const at::Tensor& motions, std::int64_t frames);

/// Training variants of canonical motions: a stretch of 80 to 100 % of the time, a turn of up to 20 degrees about the
/// vertical and 9 about the left-right axis, a size of 90 to 110 %, and sensor noise of 1 % of a trunk length.
at::Tensor augment(const at::Tensor& motions, std::int64_t frames, at::Generator generator);

}  // namespace purlscope::models::purls
