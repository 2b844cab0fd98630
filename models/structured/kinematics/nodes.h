#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "models/structured/kinematics/motion.h"

namespace purlscope::models::structured {

inline constexpr std::size_t kSlots = 4;  ///< time nodes: start, middle, end, whole clip
inline constexpr std::size_t kWholeClip = 3;
inline constexpr std::size_t kNodes = kSlots * kJoints;
inline constexpr std::size_t kNodeChannels = 31;

/// Frames [begin, end) of a time slot.
struct SlotFrames {
  std::size_t begin, end;
};
inline constexpr std::array<SlotFrames, kSlots> kSlotFrames = {{{0, 21}, {21, 43}, {43, kFrames}, {0, kFrames}}};

/// What a window's (time slot, joint) nodes are described by.
struct KinematicNodes {
  std::vector<float> channels;        ///< [4, 20, 31], joint after slot
  std::array<float, kNodes> speed{};  ///< [4, 20] torso lengths a frame
};

/// The 31 channels of each node: position relative to hips and shoulders, spread, speed per axis, displacement, highest
/// and lowest place, joint angle, distance to the mirror joint and to the head, to-and-fro, sense of turning,
/// left/right symmetry, share of the movement in this slot. The hip node keeps its path in the room.
KinematicNodes kinematic_nodes(const Motion& motion);

/// How much a node moves compared with the clip's other nodes: log speed, z-scored over the 80 nodes. [4, 20]
std::array<float, kNodes> saliency(const std::array<float, kNodes>& speed);

}  // namespace purlscope::models::structured
