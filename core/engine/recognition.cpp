#include "core/engine/recognition.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace purlscope::core {

std::vector<std::size_t> Recognition::ranking() const {
  std::vector<std::size_t> order(labels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) {
    const float score = labels[i].score;
    return std::isnan(score) ? -std::numeric_limits<float>::infinity() : score;
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) > key(b); });
  return order;
}

}  // namespace purlscope::core
