#pragma once

#include <string>
#include <string_view>

#include "core/formats/registry.h"

namespace purlscope::test {

/// Ends the bytes of the companion file (an ASF, a label file) in front of those of the recording.
inline constexpr std::string_view kCompanionEnd = "\n--8<--\n";

/// Name under which a format's reader gets made-up bytes: its first pattern with a word for the star. For a format of
/// folders that of the one file within.
inline std::string fuzz_name(const core::FormatReader& reader) {
  std::string name = reader.folder ? "*_000000000000_keypoints.json" : reader.patterns.front();
  if (const auto star = name.find('*'); star != std::string::npos) name.replace(star, 1, "fuzz");
  return name;
}

}  // namespace purlscope::test
