#pragma once

#include <cstddef>
#include <functional>
#include <numeric>
#include <span>
#include <vector>

namespace purlscope::core {

/// A dense float array in C order: the plain-data form in which tensors cross the engine's border.
struct NdArray {
  std::vector<std::size_t> shape;
  std::vector<float> data;

  NdArray() = default;
  explicit NdArray(std::vector<std::size_t> s)
      : shape(std::move(s)),
        data(std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>()), 0.0F) {}

  std::size_t size() const { return data.size(); }
  bool empty() const { return data.empty(); }
  float& at(std::size_t i, std::size_t j, std::size_t k) { return data[(i * shape[1] + j) * shape[2] + k]; }
  float at(std::size_t i, std::size_t j, std::size_t k) const { return data[(i * shape[1] + j) * shape[2] + k]; }
};

}  // namespace purlscope::core
