#pragma once

#include <algorithm>
#include <array>
#include <optional>

namespace purlscope::core {

/// Characters of the bytes 0x80 to 0x9F in Windows-1252; the five bytes that it leaves open stand for themselves.
/// Source: the WHATWG Encoding standard, index windows-1252.
inline constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

/// What a C1 control stands for when its byte was meant as Windows-1252; other characters stand for themselves.
inline char32_t windows_1252(char32_t code) { return code >= 0x80 && code < 0xA0 ? kWindows1252[code - 0x80] : code; }

/// The byte of a character in Windows-1252 or, where that has none, in Latin-1.
inline std::optional<unsigned char> windows_1252_byte(char32_t code) {
  if (code < 0x100) return static_cast<unsigned char>(code);
  const auto* found = std::find(kWindows1252.begin(), kWindows1252.end(), code);
  if (found == kWindows1252.end()) return std::nullopt;
  return static_cast<unsigned char>(0x80 + (found - kWindows1252.begin()));
}

}  // namespace purlscope::core
