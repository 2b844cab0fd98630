#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace purlscope::core {

/// What the header of a NumPy .npy file states.
struct NpyHeader {
  char kind = 'f';        ///< 'f' real, 'i' and 'u' whole, 'b' truth, 'U' text (UCS-4), 'S' bytes
  std::size_t width = 4;  ///< bytes of an element
  bool big_endian = false;
  bool fortran = false;            ///< first index fastest; else last index fastest
  std::vector<std::size_t> shape;  ///< empty for a single value
  std::size_t data_offset = 0;     ///< bytes from the beginning of the file to the first element

  std::size_t count() const;                            ///< elements
  std::size_t size() const { return count() * width; }  ///< bytes of all elements
  bool is_text() const { return kind == 'U' || kind == 'S'; }
};

/// Longest header that is read. NumPy's own reader stops at 10,000 bytes.
inline constexpr std::size_t kMaxNpyHeader = 65536;

/// Reads the header: versions 1 to 3, C and Fortran order, either byte order; f2 f4 f8, i1 to i8, u1 to u8, b1, U, S.
/// Source: NumPy, numpy.lib.format.
/// @param place  what a message calls the array: file, or file and key
/// @param head   the file's beginning, at least kMaxNpyHeader + 12 bytes of it or all there is
/// @throws Error{Code::bad_format} for damage, Error{Code::unsupported} for objects, structures and other types
NpyHeader parse_npy_header(const std::string& place, std::string_view head);

/// Most numbers of one array that are decoded, 512 MiB as floats: a narrow type must not swell without bound.
inline constexpr std::size_t kMaxNpyNumbers = std::size_t{1} << 27;

/// An array and its elements as they lie in the file.
struct NpyArray {
  std::string place;  ///< what a message calls it
  NpyHeader header;
  std::string bytes;  ///< header.size() bytes

  /// The elements in the order of the file. Values too large for a float become infinite.
  /// @throws Error{Code::bad_format} when these are texts, Error{Code::limit} above kMaxNpyNumbers
  std::vector<float> floats() const;
  std::vector<double> doubles() const;
  /// The first texts as UTF-8, without the NUL padding. @throws Error{Code::bad_format} when these are numbers
  std::vector<std::string> texts(std::size_t most) const;
};

/// A whole .npy file. @throws Error as parse_npy_header(), and Error{Code::bad_format} when the elements do not fill it
NpyArray parse_npy(const std::string& place, std::string file);

}  // namespace purlscope::core
