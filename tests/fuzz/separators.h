#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace purlscope::test {

/// Ends one part of an input: the companion file (an ASF, a label file) in front of a recording, a packet in front of
/// the next.
inline constexpr std::string_view kPartEnd = "\n--8<--\n";

/// The parts of an input, at least one.
inline std::vector<std::string> parts_of(std::string_view bytes) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; (at = bytes.find(kPartEnd)) != std::string_view::npos;) {
    parts.emplace_back(bytes.substr(0, at));
    bytes.remove_prefix(at + kPartEnd.size());
  }
  parts.emplace_back(bytes);
  return parts;
}

}  // namespace purlscope::test
