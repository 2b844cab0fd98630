#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ndarray.h"

namespace purlscope::core {

/// A value of an npz archive: a float32 array, or a 1-D array of strings (numpy `<U` unicode).
using NpzValue = std::variant<NdArray, std::vector<std::string>>;

/// Writes a NumPy .npz (zip of .npy v1). @throws Error{Code::io}
void write_npz(const std::filesystem::path& file, const std::map<std::string, NpzValue>& arrays);

}  // namespace purlscope::core
