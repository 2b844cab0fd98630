#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace purlscope::core {

/// The median, of an even number of values the upper one of the two in the middle. The values are reordered.
/// @param values  at least one
template <typename T>
T median(std::span<T> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace purlscope::core
