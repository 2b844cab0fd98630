#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace purlscope::models {

/// Scales all gradients by one factor so that their common Euclidean norm is at most `most`. Nothing is read back from
/// the device. Source: Pascanu et al., "On the difficulty of training recurrent neural networks", ICML 2013.
/// @param parameters those without a gradient take no part
void clip_gradients(const std::vector<at::Tensor>& parameters, double most);

}  // namespace purlscope::models
