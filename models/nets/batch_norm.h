#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>

#include "core/base/safetensors.h"

namespace purlscope::models {

/// Scale and offset a channel, or a channel and joint: a batch norm folded with its neighbours.
struct Affine {
  at::Tensor scale;
  at::Tensor offset;
};

/// A batch norm in inference as scale and offset: y = scale * x + offset, each [channels].
/// Reads `<name>.weight`, `.bias`, `.running_mean`, `.running_var`; epsilon 1e-5, PyTorch's default.
/// @throws Error{Code::not_found, Code::shape_mismatch, Code::bad_format} as load_tensor, and for a negative variance
Affine load_batch_norm(const core::SafeTensors& file, const std::string& name, std::int64_t channels);

}  // namespace purlscope::models
