#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "models/nets/shift/weights.h"

namespace purlscope::test {

/// A small Shift-GCN in which every parameter matters.
struct SmallShape {
  std::int64_t joints;
  std::vector<std::int64_t> widths, strides;  ///< of the units; the strides' product is 4
  std::int64_t classes = 7;
};
models::shift::Weights random_shift_weights(const SmallShape& shape, std::uint64_t seed);

/// A checkpoint of the published widths, as tools/convert_checkpoint.py writes them.
void write_random_shift_gcn(const std::filesystem::path& file, std::int64_t joints, std::uint64_t seed);

/// Windows [B, 3, T, J, 2] of random values; a pair's entry says whether that person is there.
at::Tensor random_windows(const std::vector<std::pair<bool, bool>>& persons, std::int64_t frames, std::int64_t joints,
                          std::uint64_t seed);

}  // namespace purlscope::test
