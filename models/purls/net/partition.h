#pragma once

#include <ATen/ATen.h>

#include <cstdint>

#include "core/base/layout.h"

namespace purlscope::models::purls {

/// How the nodes of a sentence are chosen (PURLS, table 5).
enum class Partition {
  adaptive,    ///< learned cross-attention
  static_set,  ///< the body part's joints or the third's nodes by a fixed list, all alike
  global       ///< all nodes alike
};

/// Nodes that each of the eight sentences takes under a partition that is not learned: 0 for those, minus infinity for
/// the others, to be added to attention logits. Joints are grouped by their names: a shoulder belongs to head, hands
/// and torso, a hip to torso and legs, as in the official lists for NTU RGB+D and Kinetics.
/// @param slots time nodes @param nodes nodes a slot, J but for a backbone of picture cells
/// @return [8, slots * nodes], node fastest
/// @throws Error{Code::bad_argument} for a static partition of nodes that are no joints, or of a layout where some part
///         has none
at::Tensor partition_logits(Partition partition, const core::JointLayout& layout, std::int64_t slots,
                            std::int64_t nodes);

}  // namespace purlscope::models::purls
