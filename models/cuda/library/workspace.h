#pragma once

#include <cstddef>

#include "models/cuda/library/memory.h"

namespace purlscope::models::cuda {

/// Memory for one pass over a batch, kept from pass to pass. Addresses stay until it grows.
struct Workspace {
  DeviceMemory<float> input, now, next, shifted, hidden;  ///< planes of the slots
  DeviceMemory<int> tables;                               ///< person of each slot, then slot of each sample's persons
  DeviceMemory<float> pooled, logits, features;
  PinnedMemory<float> staged_input, staged_logits, staged_features;
  PinnedMemory<int> staged_tables;

  /// Numbers of values that a batch needs.
  struct Need {
    std::size_t input = 0, planes = 0, tables = 0, pooled = 0, logits = 0, features = 0;
  };

  /// @return whether anything lies elsewhere now, so that recorded graphs are void. Also when it throws, they are.
  bool reserve(const Need& need) {
    bool moved = false;
    for (auto* planes : {&now, &next, &shifted, &hidden}) moved = planes->reserve(need.planes) || moved;
    moved = input.reserve(need.input) || moved;
    moved = staged_input.reserve(need.input) || moved;
    moved = tables.reserve(need.tables) || moved;
    moved = staged_tables.reserve(need.tables) || moved;
    moved = pooled.reserve(need.pooled) || moved;
    moved = logits.reserve(need.logits) || moved;
    moved = staged_logits.reserve(need.logits) || moved;
    moved = features.reserve(need.features) || moved;
    return staged_features.reserve(need.features) || moved;
  }
};

}  // namespace purlscope::models::cuda
