#pragma once

#include <string>

namespace purlscope::core {

/// General category L*.
bool is_letter(char32_t code);

/// General category N*.
bool is_number(char32_t code);

/// All that Python takes for white space, the controls among it included.
bool is_blank(char32_t code);

/// Lower case by Unicode's full mapping, with the Greek sigma at the end of a word.
std::u32string lower_case(const std::u32string& text);

/// The ordinary character of a full-width or half-width form (U+FF01 to U+FFEF), else the character itself.
char32_t ordinary_width(char32_t code);

/// Normalization Form C. Source: The Unicode Standard, section 3.11.
std::u32string composed(const std::u32string& text);

}  // namespace purlscope::core
