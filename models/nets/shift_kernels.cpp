#include "models/nets/shift_kernels.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

namespace purlscope::models {
namespace {

constexpr std::int64_t kGrain = 4;  // channels a task; fewer are not worth a thread

/// Calls `row(dst, src, mask offset, count)` for the two runs that make a rotation: dst[j] = src[(j + by) mod J].
template <typename Run>
inline void rotated(std::int64_t joints, std::int64_t by, Run&& run) {
  run(0, by, joints - by);
  run(joints - by, 0, by);
}

inline float relu(float value) { return value > 0.0F ? value : 0.0F; }

/// Output frames for which frame stride * t + offset lies inside [0, frames).
struct FrameRange {
  std::int64_t begin;
  std::int64_t end;
};
FrameRange inside(std::int64_t offset, std::int64_t frames, std::int64_t stride, std::int64_t outputs) {
  const auto ceil_div = [&](std::int64_t value) { return value <= 0 ? 0 : (value + stride - 1) / stride; };
  const std::int64_t begin = std::min(outputs, ceil_div(-offset));
  const std::int64_t end = std::clamp<std::int64_t>(ceil_div(frames - offset), begin, outputs);
  return {begin, end};
}

}  // namespace

TemporalShift TemporalShift::from(const at::Tensor& positions) {
  TemporalShift shift;
  const at::Tensor values = positions.contiguous();
  const float* position = values.const_data_ptr<float>();
  for (std::int64_t c = 0; c < values.numel(); ++c) {
    const float floor = std::floor(position[c]);
    shift.first.push_back(static_cast<std::int64_t>(floor));
    shift.weight.push_back(position[c] - floor);
  }
  return shift;
}

at::Tensor rotate_in(const at::Tensor& x, const at::Tensor& mask) {
  const std::int64_t channels = x.size(0), frames = x.size(1), joints = x.size(2);
  at::Tensor y = at::empty_like(x);
  const float* source = x.const_data_ptr<float>();
  const float* masks = mask.const_data_ptr<float>();
  float* target = y.mutable_data_ptr<float>();
  at::parallel_for(0, channels, kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t c = begin; c < end; ++c) {
      const float* m = masks + c * joints;
      for (std::int64_t t = 0; t < frames; ++t) {
        const float* in = source + (c * frames + t) * joints;
        float* out = target + (c * frames + t) * joints;
        rotated(joints, c % joints, [&](std::int64_t to, std::int64_t from, std::int64_t count) {
          for (std::int64_t j = 0; j < count; ++j) out[to + j] = in[from + j] * m[to + j];
        });
      }
    }
  });
  return y;
}

at::Tensor rotate_out(const at::Tensor& x, const Affine& norm, const at::Tensor& residual, const Affine& next) {
  const std::int64_t channels = x.size(0), frames = x.size(1), joints = x.size(2);
  at::Tensor y = at::empty_like(x);
  const float* source = x.const_data_ptr<float>();
  const float* extra = residual.const_data_ptr<float>();
  const float* scales = norm.scale.const_data_ptr<float>();
  const float* offsets = norm.offset.const_data_ptr<float>();
  const float* next_scales = next.scale.const_data_ptr<float>();
  const float* next_offsets = next.offset.const_data_ptr<float>();
  float* target = y.mutable_data_ptr<float>();
  at::parallel_for(0, channels, kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t c = begin; c < end; ++c) {
      const float* s = scales + c * joints;
      const float* o = offsets + c * joints;
      const float a = next_scales[c], b = next_offsets[c];
      const std::int64_t by = (joints - c % joints) % joints;
      for (std::int64_t t = 0; t < frames; ++t) {
        const float* in = source + (c * frames + t) * joints;
        const float* r = extra + (c * frames + t) * joints;
        float* out = target + (c * frames + t) * joints;
        rotated(joints, by, [&](std::int64_t to, std::int64_t from, std::int64_t count) {
          for (std::int64_t j = 0; j < count; ++j) {
            out[to + j] = a * relu(s[to + j] * in[from + j] + o[to + j] + r[to + j]) + b;
          }
        });
      }
    }
  });
  return y;
}

at::Tensor shift_in(const at::Tensor& x, const TemporalShift& shift) {
  const std::int64_t channels = x.size(0), frames = x.size(1), joints = x.size(2);
  at::Tensor y = at::empty_like(x);
  const float* source = x.const_data_ptr<float>();
  float* target = y.mutable_data_ptr<float>();
  const std::int64_t plane = frames * joints;
  at::parallel_for(0, channels, kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t c = begin; c < end; ++c) {
      const auto index = static_cast<std::size_t>(c);
      const std::int64_t k = shift.first[index];
      const float later = shift.weight[index], earlier = 1.0F - later;
      const float* in = source + c * plane;
      float* out = target + c * plane;
      const FrameRange first = inside(k, frames, 1, frames);
      std::fill(out, out + plane, 0.0F);
      for (std::int64_t i = first.begin * joints; i < first.end * joints; ++i) out[i] = earlier * in[i + k * joints];
      const FrameRange second = inside(k + 1, frames, 1, frames);
      for (std::int64_t i = second.begin * joints; i < second.end * joints; ++i) {
        out[i] += later * in[i + (k + 1) * joints];
      }
    }
  });
  return y;
}

at::Tensor shift_out(const at::Tensor& x, const at::Tensor& bias, const TemporalShift& shift, std::int64_t stride,
                     const Affine& norm, const at::Tensor& residual) {
  const std::int64_t channels = x.size(0), frames = x.size(1), joints = x.size(2), outputs = frames / stride;
  at::Tensor y = at::empty({channels, outputs, joints}, x.options());
  const float* source = x.const_data_ptr<float>();
  const float* extra = residual.defined() ? residual.const_data_ptr<float>() : nullptr;
  const float* biases = bias.const_data_ptr<float>();
  const float* scales = norm.scale.const_data_ptr<float>();
  const float* offsets = norm.offset.const_data_ptr<float>();
  float* target = y.mutable_data_ptr<float>();
  at::parallel_for(0, channels, kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t c = begin; c < end; ++c) {
      const auto index = static_cast<std::size_t>(c);
      const float* in = source + c * frames * joints;
      float* out = target + c * outputs * joints;
      const std::int64_t count = outputs * joints;
      for (std::int64_t i = 0; i < count; ++i) out[i] = offsets[c];
      if (extra != nullptr) {
        const float* r = extra + c * count;
        for (std::int64_t i = 0; i < count; ++i) out[i] += r[i];
      }
      const float weights[2] = {scales[c] * (1.0F - shift.weight[index]), scales[c] * shift.weight[index]};
      for (std::int64_t tap = 0; tap < 2; ++tap) {
        const std::int64_t k = shift.first[index] + tap;
        const FrameRange range = inside(k, frames, stride, outputs);
        for (std::int64_t t = range.begin; t < range.end; ++t) {
          const float* row = in + (t * stride + k) * joints;
          for (std::int64_t j = 0; j < joints; ++j) out[t * joints + j] += weights[tap] * relu(row[j] + biases[c]);
        }
      }
      for (std::int64_t i = 0; i < count; ++i) out[i] = relu(out[i]);
    }
  });
  return y;
}

}  // namespace purlscope::models
