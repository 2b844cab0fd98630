#include "core/report/text_curve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/base/utf8.h"

namespace purlscope::core {
namespace {

constexpr char32_t kBlankBraille = 0x2800;
constexpr std::size_t kDotsAcross = 2, kDotsDown = 4;  // of a braille character
constexpr std::size_t kLabelColumns = 7;               // "  0.123", "  87.5 "
constexpr std::size_t kLeastColumns = 16, kLeastPairColumns = 40, kMostColumns = 160;
constexpr std::size_t kGap = 2;  // columns between two plots

/// Exactly `columns` cells of a text without wide characters.
std::string fitted(const std::string& text, std::size_t columns) {
  std::u32string codes = code_points(text);
  codes.resize(columns, U' ');
  std::string out;
  for (const char32_t code : codes) append_utf8(out, code);
  return out;
}

/// A grid of dots, from the top left.
class Dots {
 public:
  Dots(std::size_t columns, std::size_t rows) : columns_(columns), cells_(columns * rows, kBlankBraille) {}

  std::size_t width() const { return columns_ * kDotsAcross; }
  std::size_t height() const { return cells_.size() / columns_ * kDotsDown; }

  void set(std::size_t x, std::size_t y) {
    // Unicode numbers the dots down the first column, then the second; the fourth row came later.
    static constexpr char32_t kBits[kDotsDown][kDotsAcross] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    cells_[y / kDotsDown * columns_ + x / kDotsAcross] |= kBits[y % kDotsDown][x % kDotsAcross];
  }

  /// A straight line in which every column of dots between the ends has one at least.
  void connect(std::size_t x0, std::size_t y0, std::size_t x1, std::size_t y1) {
    const auto distance = [](std::size_t a, std::size_t b) { return a > b ? a - b : b - a; };
    const std::size_t steps = std::max({distance(x0, x1), distance(y0, y1), std::size_t{1}});
    const auto between = [&](std::size_t from, std::size_t to, std::size_t step) {
      const double share = static_cast<double>(step) / static_cast<double>(steps);
      const auto begin = static_cast<double>(from), end = static_cast<double>(to);
      return static_cast<std::size_t>(std::lround(begin + (end - begin) * share));
    };
    for (std::size_t step = 0; step <= steps; ++step) set(between(x0, x1, step), between(y0, y1, step));
  }

  std::string row(std::size_t row) const {
    std::string text;
    for (std::size_t column = 0; column < columns_; ++column) append_utf8(text, cells_[row * columns_ + column]);
    return text;
  }

 private:
  std::size_t columns_;
  std::vector<char32_t> cells_;
};

struct Range {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  bool empty() const { return !(low <= high); }
};

Range range_of(const std::vector<double>& values) {
  Range range;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
  }
  return range;
}

void draw_line(const TextPlot& plot, const Range& range, Dots& dots) {
  const std::size_t steps = std::max(plot.steps, plot.values.size());
  const double span = range.high > range.low ? range.high - range.low : 1;
  std::optional<std::pair<std::size_t, std::size_t>> before;
  for (std::size_t i = 0; i < plot.values.size(); ++i) {
    const double value = plot.values[i];
    if (!std::isfinite(value)) {
      before.reset();
      continue;
    }
    const std::size_t x = steps < 2 ? 0 : i * (dots.width() - 1) / (steps - 1);
    const double down = (range.high - value) / span * static_cast<double>(dots.height() - 1);
    const auto y = static_cast<std::size_t>(std::lround(down));
    if (before) dots.connect(before->first, before->second, x, y);
    dots.set(x, y);
    before = {x, y};
  }
}

/// Four significant digits, or a power of ten where these would not fit.
std::string label_of(double value) {
  std::string text = fmt::format("{:.4g}", value);
  if (text.size() >= kLabelColumns) text = fmt::format("{:.0e}", value);
  return fmt::format("{:>{}} ", text, kLabelColumns - 1);
}

std::string label_at(std::size_t row, std::size_t rows, const Range& range) {
  if (row == 0) return label_of(range.high);
  if (row + 1 == rows && range.low < range.high) return label_of(range.low);
  return fmt::format("{:{}}", "", kLabelColumns);
}

std::string steps_line(std::size_t steps, std::size_t columns) {
  return fmt::format("{:{}}1{:>{}}", "", kLabelColumns, steps, columns - kLabelColumns - 1);
}

}  // namespace

std::vector<std::string> draw_plot(const TextPlot& plot) {
  const Range range = range_of(plot.values);
  if (range.empty() || plot.columns < kLeastColumns || plot.rows == 0) return {};
  Dots dots(plot.columns - kLabelColumns, plot.rows);
  draw_line(plot, range, dots);
  std::vector<std::string> lines = {fitted(plot.title, plot.columns)};
  for (std::size_t row = 0; row < plot.rows; ++row) {
    lines.push_back(fitted(label_at(row, plot.rows, range) + dots.row(row), plot.columns));
  }
  lines.push_back(fitted(steps_line(std::max(plot.steps, plot.values.size()), plot.columns), plot.columns));
  return lines;
}

std::vector<std::string> draw_training(std::span<const TrainingPoint> points, std::size_t columns, std::size_t rows) {
  if (points.empty() || columns < kLeastPairColumns) return {};
  const TrainingPoint& last = points.back();
  const std::size_t width = (std::min(columns, kMostColumns) - kGap) / 2;
  TextPlot loss{"", {}, static_cast<std::size_t>(std::max(last.epochs, 0)), width, rows};
  TextPlot accuracy = loss;
  const bool held = std::any_of(points.begin(), points.end(), [&](const TrainingPoint& point) {
    return point.stage == last.stage && point.held_accuracy;
  });
  double carried = std::numeric_limits<double>::quiet_NaN();  // between two measurements
  for (const TrainingPoint& point : points) {
    if (point.stage != last.stage) continue;
    loss.values.push_back(point.loss);
    carried = 100 * (held ? point.held_accuracy.value_or(carried / 100) : point.seen_accuracy);
    accuracy.values.push_back(carried);
  }
  loss.title = fmt::format("{}: loss {:.3f}", last.stage, last.loss);
  accuracy.title = fmt::format("{} {:.1f} % right", held ? "kept-out clips" : "samples", carried);
  const std::vector<std::string> left = draw_plot(loss), right = draw_plot(accuracy);
  if (left.empty() || right.empty()) return {};
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < left.size(); ++i) {
    lines.push_back(fmt::format("{}{:{}}{}", left[i], "", kGap, right[i]));
  }
  return lines;
}

}  // namespace purlscope::core
