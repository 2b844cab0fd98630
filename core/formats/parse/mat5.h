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
  std::vector<float> values;  ///< column-major (first index fastest); of the wanted variable alone
  bool numeric = false;
};

/// Lists the variables of a MATLAB level 5 file (`save -v6` and `-v7`), little endian, compressed or not, and decodes
/// the values of one: the first of the wanted name, a real full numeric array. Of the others no more is expanded than
/// name and shape. Every size is checked against the bytes present and against what deflate can hold, so memory stays
/// within the file's size and 64 MB of expanded data. Own reader, since the file may hold any bytes. Source: MathWorks,
/// "MAT-File Format", level 5.
/// @param bytes  the whole file; `file` serves messages
/// @throws Error{Code::bad_format} naming file and offset, Error{Code::unsupported} for level 7.3 (HDF5) and
///         big endian, Error{Code::limit} when the wanted variable expands to more than 64 MB.
std::vector<MatVariable> read_mat5(const std::filesystem::path& file, std::string_view bytes, std::string_view wanted);

/// True when the first bytes are a MATLAB 5 or 7.3 header.
bool is_mat_header(std::string_view head);

}  // namespace purlscope::core
