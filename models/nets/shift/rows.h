#pragma once

#include <cstdint>

namespace purlscope::models::shift {

/// The pointwise work of Shift-GCN on rows: one channel of one joint over time, contiguous. With time inside, a shift
/// over joints is the choice of another row, and a shift in time an offset into a row that has zeros before and after.
/// Compiled for several instruction sets; the processor's best is taken.

/// out[t] = by * in[t]
void scale_row(const float* in, float by, float* out, std::int64_t frames);

/// out[t] = relu(in[t] + bias)
void rectify_row(const float* in, float bias, float* out, std::int64_t frames);

/// How a row leaves the shift over joints: y = a * relu(s * x + o + residual) + b.
struct SpatialRow {
  float scale, offset;            ///< s and o
  float next_scale, next_offset;  ///< a and b
};
void spatial_row(const float* in, const float* residual, const SpatialRow& by, float* out, std::int64_t frames);

/// out[t] = earlier * in[t] + later * in[t + 1]
void shift_row(const float* in, float earlier, float later, float* out, std::int64_t frames);

/// out[t] = relu(earlier * in[stride t] + later * in[stride t + 1] + offset + residual[t])
/// @param stride  1 or 2
struct TemporalRow {
  float earlier, later, offset;
};
void temporal_row(const float* in, const float* residual, const TemporalRow& by, std::int64_t stride, float* out,
                  std::int64_t frames);

}  // namespace purlscope::models::shift
