#pragma once

#include <ATen/ATen.h>

namespace purlscope::models::structured {

/// A label's dual weights towards each training class, one set a sentence. They are most of what a label keeps and all
/// that is read in bulk when a window is scored, so they are kept as 16-bit multiples of a step a row: half the memory
/// and half the time of floats, with an error of 1 / 65,534 of the row's largest entry.
struct VoteWeights {
  at::Tensor multiples;  ///< [8, C, N] int16
  at::Tensor step;       ///< [8, C]
};

/// @param dual [8, N, C]
VoteWeights compress(const at::Tensor& dual);

/// What samples of known class say of windows: kernel x dual. @param kernel [8, B, N] @return [8, B, C]
at::Tensor votes(const VoteWeights& weights, const at::Tensor& kernel);

/// The same of one window, into memory of the caller's. @param kernel 8 x N, contiguous @param out 8 x C
void votes_of_one(const VoteWeights& weights, const float* kernel, float* out);

}  // namespace purlscope::models::structured
