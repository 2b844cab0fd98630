#pragma once

#include <ATen/ATen.h>

#include "core/skeleton/window.h"

namespace purlscope::models::purls {

/// The window's first performer as networks trained on NTU RGB+D expect it: core::ntu_preprocess(), then linearly
/// resampled. A joint without a value lies on the nearest one of its ancestors that has one.
/// @param window layout ntu25 @return [64, 25, 3] metres, from the middle of the spine in every frame
/// @throws Error{Code::bad_format} without a performer or a frame
at::Tensor ntu_motion(const core::Window& window);

}  // namespace purlscope::models::purls
