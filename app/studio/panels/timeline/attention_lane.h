#pragma once

#include <string>
#include <vector>

#include "core/engine/recognition.h"

namespace purlscope::app {

/// A lane under the ruler: how much a sentence attends to each stretch of time.
struct AttentionLane {
  std::vector<core::TimeSpan> spans;  ///< seconds
  std::vector<float> values;          ///< shares, at least 0
  std::string colour_map = "viridis";
};

/// Time nodes may overlap (a whole-clip node covers the thirds): cuts time at every border and sums the shares of the
/// nodes that cover each piece, as the joints on the skeleton do.
AttentionLane overlay_spans(const std::vector<core::TimeSpan>& spans, const std::vector<float>& shares);

}  // namespace purlscope::app
