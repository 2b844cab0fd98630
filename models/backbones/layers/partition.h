#pragma once

#include <ATen/ATen.h>

#include <vector>

namespace purlscope::models::backbones {

/// Graphs of a joint tree, made from the parent of each joint ([J], a root is its own parent). Entry [v, w] is the
/// weight of joint v in the sum that becomes joint w.

/// Bones in both directions with self loops, each row summing to 1, [J, J].
at::Tensor bone_adjacency(const std::vector<int>& parents);

/// Each joint itself, its neighbours farther from the root, and those nearer to it; the three together have columns
/// summing to 1, [3, J, J]. Source: Yan et al. (ST-GCN), AAAI 2018, "spatial configuration partitioning" with the root
/// as the centre. Its published code knows distances of one hop alone, so that farther out the last two groups fall
/// together; weights trained with it bring their own graph.
at::Tensor spatial_partition(const std::vector<int>& parents);

/// Each joint itself, its children, and its parent, each graph's columns summing to 1 or 0, [3, J, J].
/// Source: Shi et al. (2s-AGCN), CVPR 2019, section 3.1; CTR-GCN starts from the same.
at::Tensor direction_partition(const std::vector<int>& parents);

}  // namespace purlscope::models::backbones
