#pragma once

#include "models/backbones/layers/unit_network.h"

namespace purlscope::models::backbones {

/// ST-GCN: neighbours in three groups (itself, farther from the root, nearer to it), a learned weight on every edge of
/// every unit, then nine frames convolved. Its dropout stands in the units.
/// Source: Yan et al., "Spatial temporal graph convolutional networks for skeleton-based action recognition", AAAI
/// 2018, equations 7 to 10; names of the published weights.
class StGcn final : public UnitNetwork {
 public:
  StGcn(const core::JointLayout& layout, const Options& options);
};

}  // namespace purlscope::models::backbones
