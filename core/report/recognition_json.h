#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "core/engine/recognition.h"

namespace purlscope::core {

/// Documents keep their fields in the order in which they are put together.
using OrderedJson = nlohmann::ordered_json;

/// A float with the fewest digits that name it; null when it is not finite, so that every document stays valid JSON.
OrderedJson json_number(float value);
OrderedJson json_number(double value);
OrderedJson json_numbers(std::span<const float> values);

OrderedJson timings_document(const Timings& timings);

/// Fields `model` to `timings_ms` of `classify --json`, labels by falling score, with what refinement added where one
/// runs.
/// @param top  most labels listed, 0 = all
OrderedJson recognition_document(const Recognition& recognition, std::size_t top);

}  // namespace purlscope::core
