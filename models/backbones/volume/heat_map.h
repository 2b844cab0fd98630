#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace purlscope::models::backbones {

/// Joints as heat: a Gaussian around each, cut off beyond three deviations; where several performers' heat meets, the
/// hottest counts. Points whose score is below 1e-3 give none.
/// Source: Duan et al., "Revisiting skeleton-based action recognition", CVPR 2022, equation 1.
/// @param points [N, M, T, J, 2] x to the right and y down, in cells @param scores [N, M, T, J], 0 to 1
/// @param size height and width, cells @param sigma deviation, cells
/// @return [N, J, T, size, size]
at::Tensor joint_heat(const at::Tensor& points, const at::Tensor& scores, std::int64_t size, double sigma);

/// The front view of motions in cells of a square map: x to the right, y down, the box of all joints of all frames in
/// the middle, its longer side on three quarters of the map. @param motion [N, T, J, 3] @return [N, T, J, 2]
at::Tensor project_to_map(const at::Tensor& motion, std::int64_t size);

}  // namespace purlscope::models::backbones
