#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/safetensors.h"

namespace purlscope::models {

/// Refuses a tensor of another shape without reading it; -1 stands for any size.
/// @throws Error{Code::not_found}, Error{Code::shape_mismatch} naming file, tensor, both shapes
void expect_shape(const core::SafeTensors& file, const std::string& name, const std::vector<std::int64_t>& shape);

/// A tensor of a weight file as float32 (F16, BF16, F64 and integers widened); owns its memory, no gradient.
/// @param shape as expect_shape()
/// @throws Error{Code::not_found}, Error{Code::shape_mismatch} as expect_shape(), Error{Code::bad_format} naming file
///         and tensor when a value is not finite
at::Tensor load_tensor(const core::SafeTensors& file, const std::string& name, const std::vector<std::int64_t>& shape);

/// load_tensor() for the running variance of a batch norm. @throws Error{Code::bad_format} also for a negative one
at::Tensor load_variances(const core::SafeTensors& file, const std::string& name,
                          const std::vector<std::int64_t>& shape);

/// An integer tensor of a weight file (I64, I32, I16, I8, U8, BOOL) as int64; owns its memory.
/// @throws Error{Code::not_found}, Error{Code::bad_format} for a floating-point tensor
at::Tensor load_indices(const core::SafeTensors& file, const std::string& name);

/// A tensor made ready for core::save_safetensors, from any device and any floating-point type.
/// @param dtype "F32" or "F16"
core::SafeTensorOut store_tensor(const at::Tensor& tensor, const std::string& dtype = "F32");

}  // namespace purlscope::models
