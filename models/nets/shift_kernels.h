#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

namespace purlscope::models {

/// The data movements of Shift-GCN on planes [C, T, J], fused with the pointwise work around them. A plane of one
/// channel is contiguous, so that a shift in time is an offset and a shift over joints a rotation of short rows.
/// All tensors are float32, contiguous, on the processor.

/// A learned shift in time, one a channel, by linear interpolation between two neighbouring frames; frames outside
/// count as zero.
struct TemporalShift {
  std::vector<std::int64_t> first;  ///< [C] offset of the earlier frame
  std::vector<float> weight;        ///< [C] weight of the later frame, 0 to 1

  /// @param positions [C] shift in frames; finite and far within the range of a float's whole numbers (2^24)
  static TemporalShift from(const at::Tensor& positions);
};

/// Scale and offset a channel, or a channel and joint: a batch norm folded with its neighbours.
struct Affine {
  at::Tensor scale;
  at::Tensor offset;
};

/// y[c, t, j] = x[c, t, (j + c) mod J] * mask[c, j]
at::Tensor rotate_in(const at::Tensor& x, const at::Tensor& mask);

/// y[c, t, j] = a[c] * relu(s[c, j] * x[c, t, (j - c) mod J] + o[c, j] + residual[c, t, j]) + b[c]
/// @param norm  s and o, [C, J]
/// @param next  a and b, [C]
at::Tensor rotate_out(const at::Tensor& x, const Affine& norm, const at::Tensor& residual, const Affine& next);

/// y[c, t] = (1 - w) x[c, t + k] + w x[c, t + k + 1] for the channel's k and w
at::Tensor shift_in(const at::Tensor& x, const TemporalShift& shift);

/// y[c, t] = relu(s[c] * ((1 - w) h[c, stride t + k] + w h[c, stride t + k + 1]) + o[c] + residual[c, t])
/// with h = relu(x + bias).
/// @param x         [C, T, J], T divisible by stride
/// @param bias      [C]
/// @param residual  [C, T / stride, J], or undefined for none
at::Tensor shift_out(const at::Tensor& x, const at::Tensor& bias, const TemporalShift& shift, std::int64_t stride,
                     const Affine& norm, const at::Tensor& residual);

}  // namespace purlscope::models
