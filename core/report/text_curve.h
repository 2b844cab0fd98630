#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/base/training_point.h"

namespace purlscope::core {

/// A line of values drawn with braille characters, for terminals.
struct TextPlot {
  std::string title;           ///< above the plot
  std::vector<double> values;  ///< one a step, evenly apart; values that are not finite leave a gap
  std::size_t steps = 0;       ///< that the width stands for, at least the number of values
  std::size_t columns = 0;     ///< character cells of each line, labels included
  std::size_t rows = 0;        ///< of the plot alone
};

/// The least and the greatest value are named at the left, the first and the last step below. Every line is
/// `columns` cells wide (cut or padded). @return `rows` + 2 lines of UTF-8; none when the plot is less than 16 columns
/// by 1 row or has no finite value
std::vector<std::string> draw_plot(const TextPlot& plot);

/// The loss of a training and its accuracy on the seen clips kept out (in per cent; that of the epochs' own samples
/// where none are kept out), side by side: the stage of the last point alone. Empty without points, or on fewer than 40
/// columns.
std::vector<std::string> draw_training(std::span<const TrainingPoint> points, std::size_t columns, std::size_t rows);

}  // namespace purlscope::core
