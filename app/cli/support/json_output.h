#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "core/base/ndarray.h"
#include "core/engine/recognition.h"

namespace purlscope::app::cli {

/// Documents keep their fields in the order in which they are put together.
using Json = nlohmann::ordered_json;

/// A float with the fewest digits that name it; null when it is not finite, so that every document stays valid JSON.
Json number(float value);
Json number(double value);
Json numbers(std::span<const float> values);
/// Rows of a [N, C] array.
Json rows(const core::NdArray& array);

Json timings_document(const core::Timings& timings);

/// Fields `model` to `timings_ms` of `classify --json`, labels by falling score, with what refinement added where one
/// runs.
/// @param top  most labels listed, 0 = all
Json recognition_document(const core::Recognition& recognition, std::size_t top);

/// Writes one document a line to stdout. Bytes that are not UTF-8 (file names) become U+FFFD.
void print_line(const Json& document);
/// The same, indented for people.
void print_pretty(const Json& document);

}  // namespace purlscope::app::cli
