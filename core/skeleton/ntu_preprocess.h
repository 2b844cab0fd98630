#pragma once

#include "core/base/clip.h"
#include "core/base/ndarray.h"

namespace purlscope::core {

/// Preprocessing of NTU RGB+D clips as in SynSE, PURLS and Shift-GCN (golden: official input tensors).
///
/// Keeps the two bodies with most energy, moves leading empty frames out, fills to `frames` by repeating the sequence,
/// subtracts body 0's spine middle per frame, rotates by body 0's frame 0: hip -> spine onto z, then right shoulder ->
/// left shoulder onto x.
///
/// @param clip    in layout ntu25
/// @return        [3, frames, 25, 2] metres; an absent second body is all zero
/// @throws Error{Code::shape_mismatch} for another layout, Error{Code::bad_format} when no body was seen
/// Source: data/gen_joint and pre_normalization of Shift-GCN / 2s-AGCN; PURLS (CVPR 2024) section 4.1.
NdArray ntu_preprocess(const Clip& clip, std::size_t frames = 300);

}  // namespace purlscope::core
