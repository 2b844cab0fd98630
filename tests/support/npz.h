#pragma once

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/inflate.h"

namespace purlscope::test {

/// One array of a NumPy archive, widened to double (exact for float16/32/64 and integers up to 2^53).
struct NpzArray {
  std::string dtype;  ///< as written in the file: "<f4", "<i8", "<U12", "|b1"
  std::vector<std::size_t> shape;
  std::vector<double> data;          ///< C order; empty for texts
  std::vector<std::string> strings;  ///< `<U` arrays as UTF-8, else empty

  std::vector<float> floats() const { return {data.begin(), data.end()}; }
};

namespace npz_detail {

template <typename T>
T little(std::string_view bytes, std::size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) throw std::runtime_error("npz: data end early");
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

inline double half_to_double(std::uint16_t h) {
  const int exponent = (h >> 10) & 31;
  const int fraction = h & 1023;
  double value = 0.0;
  if (exponent == 31)
    value = fraction != 0 ? std::numeric_limits<double>::quiet_NaN() : std::numeric_limits<double>::infinity();
  else if (exponent == 0)
    value = std::ldexp(fraction, -24);
  else
    value = std::ldexp(fraction + 1024, exponent - 25);
  return (h & 0x8000) != 0 ? -value : value;
}

inline std::string utf8(std::string_view ucs4) {
  std::string text;
  for (std::size_t i = 0; i + 4 <= ucs4.size(); i += 4) {
    const auto c = little<std::uint32_t>(ucs4, i);
    if (c == 0) break;
    if (c < 0x80)
      text += static_cast<char>(c);
    else if (c < 0x800)
      (text += static_cast<char>(0xC0 | c >> 6)) += static_cast<char>(0x80 | (c & 63));
    else if (c < 0x10000)
      ((text += static_cast<char>(0xE0 | c >> 12)) += static_cast<char>(0x80 | (c >> 6 & 63))) +=
          static_cast<char>(0x80 | (c & 63));
    else
      (((text += static_cast<char>(0xF0 | c >> 18)) += static_cast<char>(0x80 | (c >> 12 & 63))) +=
       static_cast<char>(0x80 | (c >> 6 & 63))) += static_cast<char>(0x80 | (c & 63));
  }
  return text;
}

/// Text of `'key': value` in the Python literal of an .npy header, up to the next comma or closing bracket.
inline std::string header_value(std::string_view header, std::string_view key, char end) {
  const std::size_t at = header.find(std::string("'").append(key).append("':"));
  if (at == std::string_view::npos) throw std::runtime_error("npy: header without " + std::string(key));
  const std::size_t from = at + key.size() + 3;
  return std::string(header.substr(from, header.find(end, from) - from));
}

template <typename T>
void widen(std::string_view bytes, std::size_t count, NpzArray& array) {
  array.data.resize(count);
  for (std::size_t i = 0; i < count; ++i) array.data[i] = static_cast<double>(little<T>(bytes, i * sizeof(T)));
}

inline NpzArray parse_npy(std::string_view npy) {
  if (npy.substr(0, 6) != std::string_view("\x93NUMPY", 6)) throw std::runtime_error("npy: bad magic");
  const bool v1 = little<std::uint8_t>(npy, 6) == 1;
  const std::size_t length = v1 ? little<std::uint16_t>(npy, 8) : little<std::uint32_t>(npy, 8);
  const std::string_view header = npy.substr(v1 ? 10 : 12, length);
  const std::string_view bytes = npy.substr((v1 ? 10U : 12U) + length);
  NpzArray array;
  const std::string descr = header_value(header, "descr", ',');
  const std::size_t quote = descr.find('\'');
  if (quote == std::string::npos) throw std::runtime_error("npy: structured arrays are not read");
  array.dtype = descr.substr(quote + 1, descr.rfind('\'') - quote - 1);
  if (header_value(header, "fortran_order", ',').find("True") != std::string::npos) {
    throw std::runtime_error("npy: Fortran order is not read");
  }
  std::size_t count = 1;
  const std::string shape = header_value(header, "shape", ')');
  for (const char* p = shape.c_str(); *p != '\0';) {
    if (*p < '0' || *p > '9') {
      ++p;
      continue;
    }
    char* next = nullptr;
    array.shape.push_back(std::strtoull(p, &next, 10));
    count *= array.shape.back();
    p = next;
  }
  const std::string type = array.dtype.substr(1);
  if (type == "f4")
    widen<float>(bytes, count, array);
  else if (type == "f8")
    widen<double>(bytes, count, array);
  else if (type == "i4")
    widen<std::int32_t>(bytes, count, array);
  else if (type == "i8")
    widen<std::int64_t>(bytes, count, array);
  else if (type == "i2")
    widen<std::int16_t>(bytes, count, array);
  else if (type == "u1" || type == "b1")
    widen<std::uint8_t>(bytes, count, array);
  else if (type == "i1")
    widen<std::int8_t>(bytes, count, array);
  else if (type == "f2") {
    for (std::size_t i = 0; i < count; ++i) array.data.push_back(half_to_double(little<std::uint16_t>(bytes, 2 * i)));
  } else if (type[0] == 'U') {
    const std::size_t width = 4 * std::stoul(type.substr(1));
    for (std::size_t i = 0; i < count; ++i) array.strings.push_back(utf8(bytes.substr(i * width, width)));
  } else {
    throw std::runtime_error("npy: dtype " + array.dtype + " is not read");
  }
  return array;
}

}  // namespace npz_detail

/// Reads a NumPy .npz (stored or deflated, no zip64). For tests. @throws std::runtime_error
inline std::map<std::string, NpzArray> read_npz(const std::filesystem::path& file) {
  using npz_detail::little;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("npz: cannot open " + file.string());
  const std::string zip((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const std::size_t tail = zip.rfind("PK\5\6");
  if (tail == std::string::npos) throw std::runtime_error("npz: no zip directory in " + file.string());
  std::size_t at = little<std::uint32_t>(zip, tail + 16);
  std::map<std::string, NpzArray> arrays;
  for (unsigned n = little<std::uint16_t>(zip, tail + 10); n > 0; --n) {
    const unsigned method = little<std::uint16_t>(zip, at + 10);
    const std::size_t packed = little<std::uint32_t>(zip, at + 20);
    const std::size_t size = little<std::uint32_t>(zip, at + 24);
    const std::size_t name_length = little<std::uint16_t>(zip, at + 28);
    const std::size_t local = little<std::uint32_t>(zip, at + 42);
    std::string name = zip.substr(at + 46, name_length);
    at += 46 + name_length + little<std::uint16_t>(zip, at + 30) + little<std::uint16_t>(zip, at + 32);
    const std::size_t begin =
        local + 30 + little<std::uint16_t>(zip, local + 26) + little<std::uint16_t>(zip, local + 28);
    const std::string_view bytes = std::string_view(zip).substr(begin, packed);
    if (method != 0 && method != 8) throw std::runtime_error("npz: unknown compression in " + file.string());
    const std::string plain = method == 8 ? Inflater(bytes, size).run() : std::string();
    if (name.ends_with(".npy")) name.resize(name.size() - 4);
    arrays.emplace(name, npz_detail::parse_npy(method == 8 ? std::string_view(plain) : bytes));
  }
  return arrays;
}

}  // namespace purlscope::test
