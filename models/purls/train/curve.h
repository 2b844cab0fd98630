#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/training_point.h"

namespace purlscope::models::purls {

/// Every epoch of a fit, in order.
using Curve = std::vector<core::TrainingPoint>;

/// An array of objects with the names of TrainingPoint's members; what was not measured is null.
nlohmann::json curve_to_json(const Curve& curve);

/// @throws nlohmann::json::exception when the value is no such array
Curve curve_from_json(const nlohmann::json& value);

/// The epoch that was right on most seen clips kept out of training; among equals the one of the lowest loss, then the
/// first. 0 where none was measured.
std::int64_t best_epoch(const Curve& curve);

}  // namespace purlscope::models::purls
