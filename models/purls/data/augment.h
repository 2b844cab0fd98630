#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

#include "core/text/labels.h"
#include "models/training/random.h"

namespace purlscope::models::purls {

/// How far training variants of a motion may go. Zero leaves a kind of change out.
struct AugmentOptions {
  double rotation = 0.35;    ///< largest turn about the vertical, radians; 3/7 of it about the left-right axis
  double size = 0.1;         ///< largest change of size, a share
  double crop = 0.2;         ///< largest share of the time that is cut off
  double speed = 0;          ///< largest change of speed within a clip, a share: one half faster, the other slower
  double noise = 0.01;       ///< standard deviation on every coordinate, trunk lengths
  double joint_dropout = 0;  ///< chance of a joint to lie on its parent throughout
  double mirror = 0;         ///< chance of a clip to be mirrored, where its class allows it
};

/// A joint tree as the changes need it.
struct JointTree {
  at::Tensor parent, mirror;  ///< [J] index of each joint's parent and counterpart
};

/// Random variants of canonical motions, drawn from the generator on the processor, the same for every device.
/// @param motions [N, 64, J, 3] on the device of the tree @param mirrorable [N] whether a motion may be mirrored, on
/// the processor
/// @return [N, frames, J, 3]
at::Tensor augment(const at::Tensor& motions, const at::Tensor& mirrorable, const JointTree& tree, std::int64_t frames,
                   const AugmentOptions& options, at::Generator generator);

/// Whether mirrored clips of a label still are of this label: neither its text nor a sentence names a side or a way of
/// turning (a word that begins with "left" or "right", or ends in "clockwise").
bool may_be_mirrored(const core::Label& label);

}  // namespace purlscope::models::purls
