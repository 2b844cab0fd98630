#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace purlscope::core {

/// Brings values into random order, the same on every platform for a seed: std::shuffle may differ between standard
/// libraries. Fisher-Yates on the raw generator.
template <typename T>
void shuffle(std::vector<T>& values, std::mt19937& generator) {
  for (std::size_t i = values.size(); i-- > 1;) {
    const std::uint32_t mask = std::bit_ceil(static_cast<std::uint32_t>(i) + 1) - 1;
    std::uint32_t j = generator() & mask;
    while (j > i) j = generator() & mask;
    std::swap(values[i], values[j]);
  }
}

}  // namespace purlscope::core
