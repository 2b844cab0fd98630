#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace purlscope::core {

/// Stands for bytes that are not UTF-8.
inline constexpr char32_t kReplacement = 0xFFFD;

/// Reads the code point at `position` and moves past it. Truncated, overlong and surrogate sequences give
/// kReplacement and move past one byte. `position` must be inside the text.
char32_t next_code_point(std::string_view utf8, std::size_t& position);

/// Offset of the first byte that is not UTF-8, absent when the whole text is.
std::optional<std::size_t> first_invalid_byte(std::string_view utf8);

/// Appends a code point as UTF-8.
void append_utf8(std::string& text, char32_t code);

/// All code points of a text, kReplacement for every byte that is not UTF-8.
std::u32string code_points(std::string_view utf8);

}  // namespace purlscope::core
