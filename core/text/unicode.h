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

/// Unicode property White_Space, but for the control characters among it other than tab, LF and CR.
bool is_space(char32_t code);

/// Categories P*, and the ASCII symbols that BERT's tokenizer takes for punctuation ($ + < = > ^ ` | ~).
bool is_punctuation(char32_t code);

/// Control, format, private-use and non-spacing mark characters and U+FFFD, without tab, LF and CR.
bool is_dropped(char32_t code);

/// The blocks of Han ideographs that BERT's tokenizer sets apart, one token each.
bool is_han(char32_t code);

/// Appends the canonical decomposition (NFD) without non-spacing marks, in lower case. The order of the remaining
/// marks is kept as typed. @pre !is_dropped(code)
void append_folded(std::u32string& text, char32_t code);

}  // namespace purlscope::core
