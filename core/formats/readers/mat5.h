#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace purlscope::core {

/// A variable of a MATLAB file.
struct MatVariable {
  std::string name;
  std::vector<std::size_t> shape;
  std::vector<float> values;  ///< column-major (first index fastest); empty for texts, cells and structures
  bool numeric = false;
};

/// Reads the variables of a MATLAB level 5 file (`save -v6` and `-v7`), little endian, compressed or not. Real full
/// numeric arrays are given with their values. Every size is checked against the bytes present, so memory stays
/// within what zlib can expand the file to. Own reader, since the file may hold any bytes.
/// Source: MathWorks, "MAT-File Format", level 5.
/// @param bytes  the whole file; `file` serves messages
/// @throws Error{Code::bad_format} naming the offset, Error{Code::unsupported} for level 7.3 (HDF5) and big endian,
///         Error{Code::limit} when a variable expands to more than 256 MB.
std::vector<MatVariable> read_mat5(const std::filesystem::path& file, std::string_view bytes);

/// True when the first bytes are a MATLAB 5 or 7.3 header.
bool is_mat_header(std::string_view head);

}  // namespace purlscope::core
