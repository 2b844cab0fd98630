#pragma once

#include <cstddef>
#include <optional>

#include "core/engine/recognition.h"

namespace purlscope::core {

/// The label that the recording bears, whatever its case. @return index in the recognition's labels; nothing when the
/// recording bears none, or one that was not asked for
std::optional<std::size_t> true_label(const Recognition& recognition);

/// The best label as it would be without refinement. @pre the recognition has labels
std::size_t best_without_refinement(const Recognition& recognition);

/// Whether refinement has changed a score; one that has not learned yet changes none.
bool refinement_acts(const Recognition& recognition);

}  // namespace purlscope::core
