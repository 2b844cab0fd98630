#pragma once

#include <memory>

#include "models/cuda/interface.h"
#include "models/nets/shift/runner.h"
#include "models/nets/shift/weights.h"

namespace purlscope::models::shift {

/// Shift-GCN by own kernels on a GPU.
/// @param name of the GPU, in words
/// @throws Unusable when the GPU cannot hold or run this network
std::unique_ptr<Runner> make_fused(const Weights& weights, std::shared_ptr<cuda::Device> gpu, std::string name);

}  // namespace purlscope::models::shift
