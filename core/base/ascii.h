#pragma once

#include <string>
#include <string_view>

namespace purlscope::core {

/// ASCII letters in lower case; other bytes as they are, whatever the locale.
inline std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace purlscope::core
