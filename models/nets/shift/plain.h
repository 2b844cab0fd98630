#pragma once

#include <ATen/Context.h>

#include <memory>

#include "models/nets/shift/runner.h"
#include "models/nets/shift/weights.h"

namespace purlscope::models::shift {

/// Shift-GCN operator by operator on any device of LibTorch, nothing fused and nothing skipped: where a GPU has no
/// kernels of ours, and what the fused ways are checked against.
std::unique_ptr<Runner> make_plain(const Weights& weights, at::Device device);

}  // namespace purlscope::models::shift
