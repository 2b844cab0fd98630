#pragma once

#include <string>

namespace purlscope::core {

/// Replaces character references as the HTML standard does (section "Named character references" and the numeric ones),
/// also those of the old names that lack their semicolon.
std::u32string unescape_html(const std::u32string& text);

/// Replaces references that end in a semicolon alone: a text that merely mentions "&copy" stays.
std::u32string unescape_closed_html(const std::u32string& text);

}  // namespace purlscope::core
