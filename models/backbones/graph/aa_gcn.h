#pragma once

#include "models/backbones/layers/unit_network.h"

namespace purlscope::models::backbones {

/// AA-GCN, the successor of 2s-AGCN: three graphs a unit, each a learned one plus one that the sample itself makes
/// (tanh of the embedded joints' products), then attention over joints, frames and channels in a row.
/// Source: Shi et al., "Skeleton-based action recognition with multi-stream adaptive graph convolutional networks",
/// IEEE TIP 2020, equations 3 to 8; names of the published weights.
class AaGcn final : public UnitNetwork {
 public:
  AaGcn(const core::JointLayout& layout, const Options& options);
};

}  // namespace purlscope::models::backbones
