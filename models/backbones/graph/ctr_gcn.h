#pragma once

#include "models/backbones/layers/unit_network.h"

namespace purlscope::models::backbones {

/// CTR-GCN: a graph shared by all channels, refined for each channel by how the sample's joints differ; time in four
/// branches (two dilated convolutions, a maximum, and none).
/// Source: Chen et al., "Channel-wise topology refinement graph convolution for skeleton-based action recognition",
/// ICCV 2021, equations 3 to 7 and figure 4; names of the published weights.
class CtrGcn final : public UnitNetwork {
 public:
  CtrGcn(const core::JointLayout& layout, const Options& options);
};

}  // namespace purlscope::models::backbones
