#include "core/skeleton/assignment.h"

#include <limits>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

/// Rows of the narrow side and columns of the wide one, whichever of them the caller's rows are.
struct Costs {
  std::span<const double> values;
  std::size_t columns;
  bool turned;

  double at(std::size_t narrow, std::size_t wide) const {
    return turned ? values[wide * columns + narrow] : values[narrow * columns + wide];
  }
};

/// Row of each column, kNone for free ones. Needs rows <= columns.
class ShortestPaths {
 public:
  ShortestPaths(Costs costs, std::size_t rows, std::size_t columns)
      : costs_(costs),
        row_price_(rows),
        column_price_(columns),
        row_of_(columns, kNone),
        length_(columns),
        came_from_(columns),
        settled_(columns) {
    for (std::size_t row = 0; row < rows; ++row) add(row);
  }

  const std::vector<std::size_t>& row_of() const { return row_of_; }

 private:
  void add(std::size_t new_row) {
    const std::size_t columns = row_of_.size();
    length_.assign(columns, std::numeric_limits<double>::infinity());
    came_from_.assign(columns, kNone);
    settled_.assign(columns, false);
    std::size_t row = new_row;
    std::size_t last = kNone;
    double reached = 0.0;
    while (true) {
      std::size_t nearest = kNone;
      for (std::size_t column = 0; column < columns; ++column) {
        if (settled_[column]) continue;
        const double through = reached + costs_.at(row, column) - row_price_[row] - column_price_[column];
        if (through < length_[column]) {
          length_[column] = through;
          came_from_[column] = last;
        }
        if (nearest == kNone || length_[column] < length_[nearest]) nearest = column;
      }
      settled_[nearest] = true;
      reached = length_[nearest];
      last = nearest;
      if (row_of_[nearest] == kNone) break;
      row = row_of_[nearest];
    }
    reprice(new_row, last, reached);
    for (std::size_t column = last; column != kNone;) {
      const std::size_t before = came_from_[column];
      row_of_[column] = before == kNone ? new_row : row_of_[before];
      column = before;
    }
  }

  void reprice(std::size_t new_row, std::size_t last, double reached) {
    row_price_[new_row] += reached;
    for (std::size_t column = 0; column < row_of_.size(); ++column) {
      if (!settled_[column] || column == last) continue;
      row_price_[row_of_[column]] += reached - length_[column];
      column_price_[column] -= reached - length_[column];
    }
  }

  Costs costs_;
  std::vector<double> row_price_;
  std::vector<double> column_price_;
  std::vector<std::size_t> row_of_;
  std::vector<double> length_;          ///< of the shortest path to each column
  std::vector<std::size_t> came_from_;  ///< column before it on that path, kNone = the new row
  std::vector<bool> settled_;
};

}  // namespace

std::vector<int> assign(std::span<const double> costs, std::size_t columns) {
  if (columns == 0 ? !costs.empty() : costs.size() % columns != 0) {
    throw Error(Code::bad_argument, "costs of an assignment must be a whole number of rows");
  }
  const std::size_t rows = columns == 0 ? 0 : costs.size() / columns;
  std::vector<int> column_of(rows, -1);
  if (rows == 0) return column_of;
  const bool turned = rows > columns;
  const ShortestPaths paths({costs, columns, turned}, turned ? columns : rows, turned ? rows : columns);
  for (std::size_t wide = 0; wide < paths.row_of().size(); ++wide) {
    const std::size_t narrow = paths.row_of()[wide];
    if (narrow == kNone) continue;
    column_of[turned ? wide : narrow] = static_cast<int>(turned ? narrow : wide);
  }
  return column_of;
}

}  // namespace purlscope::core
