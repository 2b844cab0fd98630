#include "models/nets/shift/rows.h"

#include "models/nets/instruction_sets.h"

namespace purlscope::models::shift {
namespace {

inline float relu(float value) { return value > 0.0F ? value : 0.0F; }

}  // namespace

PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void scale_row(const float* in, float by, float* __restrict out, std::int64_t frames) {
  for (std::int64_t t = 0; t < frames; ++t) out[t] = by * in[t];
}

PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void rectify_row(const float* in, float bias, float* __restrict out, std::int64_t frames) {
  for (std::int64_t t = 0; t < frames; ++t) out[t] = relu(in[t] + bias);
}

PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void spatial_row(const float* in, const float* residual, const SpatialRow& by, float* __restrict out,
                 std::int64_t frames) {
  const SpatialRow row = by;
  for (std::int64_t t = 0; t < frames; ++t) {
    out[t] = row.next_scale * relu(row.scale * in[t] + row.offset + residual[t]) + row.next_offset;
  }
}

PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void shift_row(const float* in, float earlier, float later, float* __restrict out, std::int64_t frames) {
  for (std::int64_t t = 0; t < frames; ++t) out[t] = earlier * in[t] + later * in[t + 1];
}

PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void temporal_row(const float* in, const float* residual, const TemporalRow& by, std::int64_t stride,
                  float* __restrict out, std::int64_t frames) {
  const TemporalRow row = by;
  if (stride == 1) {
    for (std::int64_t t = 0; t < frames; ++t) {
      out[t] = relu(row.earlier * in[t] + row.later * in[t + 1] + row.offset + residual[t]);
    }
    return;
  }
  for (std::int64_t t = 0; t < frames; ++t) {
    out[t] = relu(row.earlier * in[2 * t] + row.later * in[2 * t + 1] + row.offset + residual[t]);
  }
}

}  // namespace purlscope::models::shift
