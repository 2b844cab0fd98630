#pragma once

#include <cstdint>

#include "models/nets/shift/weights.h"

namespace purlscope::models::shift {

/// The pointwise work of Shift-GCN on one frame [C, J], joints inside, contiguous: what a stream needs, which has no
/// row of time. Compiled for several instruction sets.

struct FrameSize {
  std::int64_t channels, joints;
};

/// out[c, j] = in[c, (j + c) mod J] * mask[c, j]
void rotate_in(const float* in, const float* mask, float* out, FrameSize size);

/// Scales and offsets of rotate_out(): [C, J] each, then [C] each.
struct SpatialFrame {
  const float *scale, *offset, *next_scale, *next_offset;
};

/// out[c, j] = a[c] * relu(s[c, j] * in[c, (j - c) mod J] + o[c, j] + residual[c, j]) + b[c]
void rotate_out(const float* in, const SpatialFrame& by, const float* residual, float* out, FrameSize size);

/// out[c] = (1 - w) frame[k][c] + w frame[k + 1][c] for the channel's k and w.
/// @param frames  the frame of offset 0 in a list of frames that reaches as far as the shift
void shift_frame(const float* const* frames, const TemporalShift& shift, float* out, FrameSize size);

/// values[c, j] = relu(values[c, j] + bias[c])
void rectify_frame(const float* bias, float* values, FrameSize size);

/// values[c, j] = relu(scale[c] * values[c, j] + offset[c] + residual[c, j])
/// @param residual  null for none
void finish_frame(const float* scale, const float* offset, const float* residual, float* values, FrameSize size);

}  // namespace purlscope::models::shift
