#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// What tables and motion files have no place for, a sentence each: labelled stretches and provenance.
inline std::vector<std::string> lost_annotations(const Clip& clip) {
  std::vector<std::string> lost;
  if (!clip.segments.empty())
    lost.push_back(fmt::format("{} labelled stretches are not written", clip.segments.size()));
  if (!clip.tags.empty()) {
    std::string names;
    for (const auto& [name, value] : clip.tags) names += (names.empty() ? "" : ", ") + name;
    lost.push_back(fmt::format("the tags {} are not written", names));
  }
  return lost;
}

}  // namespace purlscope::core
