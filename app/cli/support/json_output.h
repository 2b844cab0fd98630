#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "core/base/ndarray.h"
#include "core/report/recognition_json.h"

namespace purlscope::app::cli {

using Json = core::OrderedJson;
using core::recognition_document;
using core::timings_document;

/// As core::json_number() and core::json_numbers().
inline Json number(float value) { return core::json_number(value); }
inline Json number(double value) { return core::json_number(value); }
inline Json numbers(std::span<const float> values) { return core::json_numbers(values); }
/// Rows of a [N, C] array.
Json rows(const core::NdArray& array);

/// Writes one document a line to stdout. Bytes that are not UTF-8 (file names) become U+FFFD.
void print_line(const Json& document);
/// The same, indented for people.
void print_pretty(const Json& document);

}  // namespace purlscope::app::cli
