#pragma once

#include "models/backbones/layers/unit_network.h"

namespace purlscope::models::backbones {

/// DG-STGCN: eight learned graphs without any skeleton to start from, each with what the sample's joints differ by and
/// what they attend to; time in six branches, for the joints and for their mean together.
/// Source: Duan et al., "DG-STGCN: dynamic spatial-temporal modeling for skeleton-based action recognition", 2022
/// (arXiv 2210.05895), sections 3.2 and 3.3; names of the published weights.
class DgStgcn final : public UnitNetwork {
 public:
  DgStgcn(const core::JointLayout& layout, const Options& options);
};

}  // namespace purlscope::models::backbones
