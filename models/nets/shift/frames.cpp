#include "models/nets/shift/frames.h"

#include "models/nets/instruction_sets.h"

namespace purlscope::models::shift {
namespace {

inline float relu(float value) { return value > 0.0F ? value : 0.0F; }

}  // namespace

PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void rotate_in(const float* in, const float* mask, float* __restrict out, FrameSize size) {
  const std::int64_t joints = size.joints;
  for (std::int64_t c = 0; c < size.channels; ++c, in += joints, mask += joints, out += joints) {
    const std::int64_t by = c % joints;
    for (std::int64_t j = 0; j < joints - by; ++j) out[j] = in[j + by] * mask[j];
    for (std::int64_t j = joints - by; j < joints; ++j) out[j] = in[j + by - joints] * mask[j];
  }
}

PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void rotate_out(const float* in, const SpatialFrame& by, const float* residual, float* __restrict out, FrameSize size) {
  const std::int64_t joints = size.joints;
  for (std::int64_t c = 0; c < size.channels; ++c, in += joints, residual += joints, out += joints) {
    const std::int64_t back = c % joints;
    const float* s = by.scale + c * joints;
    const float* o = by.offset + c * joints;
    const float a = by.next_scale[c], b = by.next_offset[c];
    for (std::int64_t j = 0; j < back; ++j) out[j] = a * relu(s[j] * in[j - back + joints] + o[j] + residual[j]) + b;
    for (std::int64_t j = back; j < joints; ++j) out[j] = a * relu(s[j] * in[j - back] + o[j] + residual[j]) + b;
  }
}

PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void shift_frame(const float* const* frames, const TemporalShift& shift, float* __restrict out, FrameSize size) {
  const std::int64_t joints = size.joints;
  for (std::int64_t c = 0; c < size.channels; ++c, out += joints) {
    const auto index = static_cast<std::size_t>(c);
    const float later = shift.weight[index], earlier = 1.0F - later;
    const float* first = frames[shift.first[index]] + c * joints;
    // The second frame of a shift by whole frames may lie beyond the list.
    const float* second = later > 0.0F ? frames[shift.first[index] + 1] + c * joints : first;
    for (std::int64_t j = 0; j < joints; ++j) out[j] = earlier * first[j] + later * second[j];
  }
}

PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void rectify_frame(const float* bias, float* values, FrameSize size) {
  const std::int64_t joints = size.joints;
  for (std::int64_t c = 0; c < size.channels; ++c, values += joints) {
    for (std::int64_t j = 0; j < joints; ++j) values[j] = relu(values[j] + bias[c]);
  }
}

PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void finish_frame(const float* scale, const float* offset, const float* residual, float* values, FrameSize size) {
  const std::int64_t joints = size.joints;
  for (std::int64_t c = 0; c < size.channels; ++c, values += joints) {
    const float s = scale[c], o = offset[c];
    if (residual == nullptr) {
      for (std::int64_t j = 0; j < joints; ++j) values[j] = relu(s * values[j] + o);
      continue;
    }
    for (std::int64_t j = 0; j < joints; ++j) values[j] = relu(s * values[j] + o + residual[j]);
    residual += joints;
  }
}

}  // namespace purlscope::models::shift
