#pragma once

#include <string>

#include "core/text/labels.h"

namespace purlscope::app::cli {

/// Index of a label in the set; a label that is not in it is described and put at its end.
/// @throws Error{Code::bad_argument} for an empty or overlong text
std::size_t find_or_add(core::LabelSet& labels, const std::string& text);

}  // namespace purlscope::app::cli
