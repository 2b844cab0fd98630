#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "core/base/ndarray.h"
#include "core/engine/recognition.h"

namespace purlscope::app::cli {

/// A float with the fewest digits that name it; null when it is not finite, so that every document stays valid JSON.
nlohmann::json number(float value);
nlohmann::json number(double value);
nlohmann::json numbers(std::span<const float> values);
/// Rows of a [N, C] array.
nlohmann::json rows(const core::NdArray& array);

nlohmann::json timings_document(const core::Timings& timings);

/// Fields `model` to `timings_ms` of `classify --json`, labels by falling score.
/// @param top  most labels listed, 0 = all
nlohmann::json recognition_document(const core::Recognition& recognition, std::size_t top);

/// Writes one document a line to stdout. Bytes that are not UTF-8 (file names) become U+FFFD.
void print_line(const nlohmann::json& document);
/// The same, indented for people.
void print_pretty(const nlohmann::json& document);

}  // namespace purlscope::app::cli
