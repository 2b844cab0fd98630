#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ndarray.h"

namespace purlscope::core {

/// An array of numbers in C order; no shape = a single number.
template <typename T>
struct NpzNumbers {
  std::vector<std::size_t> shape;
  std::vector<T> data;
};

/// A value of an npz archive: an array of float32, float64, int32 or uint8, a single text, or a 1-D array of texts
/// (numpy `<U` unicode).
using NpzValue = std::variant<NdArray, NpzNumbers<double>, NpzNumbers<std::int32_t>, NpzNumbers<std::uint8_t>,
                              std::string, std::vector<std::string>>;

/// Writes a NumPy .npz (zip of .npy v1), complete or not at all. @throws Error{Code::io, Code::cancelled}
void write_npz(const std::filesystem::path& file, const std::map<std::string, NpzValue>& arrays,
               const std::stop_token& stop = {});

}  // namespace purlscope::core
