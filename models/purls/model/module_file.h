#pragma once

#include <torch/nn/module.h>

#include <map>
#include <string>

#include "core/base/safetensors.h"

namespace purlscope::models::purls {

/// Tensors by name, as save_safetensors takes them.
using TensorMap = std::map<std::string, core::SafeTensorOut>;

/// Parameters and buffers that hold state, by name: the module's own tensors, not copies. The batch counters of batch
/// norms hold none, since their momentum is fixed.
std::map<std::string, at::Tensor> module_state(const torch::nn::Module& module);

/// Adds a module's parameters and floating-point buffers under `prefix`.
void store_module(const torch::nn::Module& module, const std::string& prefix, TensorMap& tensors);

/// Overwrites a module's parameters and floating-point buffers from a file.
/// @throws Error{Code::not_found, Code::shape_mismatch, Code::bad_format} naming file and tensor
void load_module(const core::SafeTensors& file, const std::string& prefix, torch::nn::Module& module);

}  // namespace purlscope::models::purls
