#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace purlscope::core {

/// The cheapest one-to-one assignment of rows to columns; with fewer rows than columns (or the reverse) every row
/// (every column) is assigned. Shortest augmenting paths with potentials, O(min(R, C)^2 max(R, C)).
///
/// @param costs    [R, C] row by row, all finite
/// @param columns  C
/// @return [R] column of each row, -1 for a row without one
/// @throws Error{Code::bad_argument} when the costs are no whole number of rows.
/// Source: H. W. Kuhn, Naval Research Logistics Quarterly 2, 1955; R. Jonker and A. Volgenant, Computing 38, 1987.
std::vector<int> assign(std::span<const double> costs, std::size_t columns);

}  // namespace purlscope::core
