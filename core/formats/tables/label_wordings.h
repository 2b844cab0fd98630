#pragma once

#include <filesystem>
#include <vector>

#include "core/text/labels.h"

namespace purlscope::core {

/// Gives labels the sentences that tables have for them; a table is searched as the bank is (DescriptionBank) and need
/// not have every label. The first table that has a label replaces sentences of the bank or of a template; those that a
/// file gave already stay the first wording. With Wordings::all each further table adds a wording.
/// @throws Error{Code::bad_argument} naming a table that has none of the labels; for Wordings::all where no label gets
///         a second wording; what read_descriptions() throws
LabelSet describe_from(LabelSet labels, const std::vector<std::filesystem::path>& tables, Wordings wordings);

}  // namespace purlscope::core
