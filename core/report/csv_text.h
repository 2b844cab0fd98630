#pragma once

#include <string>
#include <vector>

namespace purlscope::core {

/// A line of a CSV table (RFC 4180): cells with separators, quotes or line ends stand in quotes, quotes are doubled.
std::string csv_row(const std::vector<std::string>& cells);

/// A number with the fewest digits that name it; empty when it is not finite.
std::string csv_number(float value);
std::string csv_number(double value);

}  // namespace purlscope::core
