#pragma once

#include <CLI/App.hpp>
#include <cstdint>

namespace purlscope::app::cli {

/// Accepts whole decimal numbers from `low` to `high`. CLI11's own numeric checks go through floating point, so they
/// pass numbers that do not fit and print limits of three hundred digits.
CLI::Validator whole_number(std::int64_t low, std::int64_t high);

/// Accepts frames per second: more than 0, at most 1000.
CLI::Validator frame_rate();

}  // namespace purlscope::app::cli
