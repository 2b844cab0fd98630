#pragma once

#include "models/backbones/layers/unit_network.h"

namespace purlscope::models::backbones {

/// Shift-GCN for training: joints exchange by a rotation of channel c over c joints, time by a learned shift of each
/// channel. models::ShiftGcn is the same network for fast inference.
/// Source: Cheng et al., "Skeleton-based action recognition with shift graph convolutional network", CVPR 2020,
/// sections 3.2 and 3.3; names of the published weights.
class ShiftGcnNetwork final : public UnitNetwork {
 public:
  ShiftGcnNetwork(const core::JointLayout& layout, const Options& options);
};

/// Each channel of x taken at `stride * t + positions[c]`, by linear interpolation between neighbouring frames; frames
/// outside count as zero. Differentiable in both, but in a position only where it is no whole number.
/// @param x [N, C, T, J] @param positions [C] frames @return [N, C, ceil(T / stride), J]
at::Tensor shift_in_time(const at::Tensor& x, const at::Tensor& positions, std::int64_t stride);

}  // namespace purlscope::models::backbones
