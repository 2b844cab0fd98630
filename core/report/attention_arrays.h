#pragma once

#include <map>
#include <string>

#include "core/engine/recognition.h"
#include "core/formats/numpy/npz_writer.h"

namespace purlscope::core {

/// What the sentences of a label attended to, as arrays of an npz: `attention` and `contribution` [8,T',J], `sentences`
/// [8], `joints` [J] of the model's layout, `times` [T'] and `spans` [T',2] of the time nodes (s), `score`.
/// @param label  place in recognition.labels
/// @throws std::out_of_range for a label without attention
std::map<std::string, NpzValue> attention_arrays(const Recognition& recognition, std::size_t label);

}  // namespace purlscope::core
