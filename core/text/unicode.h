#pragma once

#include <string>

namespace purlscope::core {

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
