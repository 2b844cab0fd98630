#pragma once

#include <string>
#include <string_view>
#include <utility>

struct ImFont;

namespace purlscope::render {

struct Canvas;

/// A number with the decimals that tell values of this range apart: three significant digits of the range.
std::string format_value(float value, float range);

/// The text with every control character turned into a space, and broken UTF-8 cut off.
std::string printable(std::string_view text);

/// The longest beginning of the text, with an ellipsis, that is no higher than `height` when wrapped. The whole text
/// when it fits.
std::string fit(const Canvas& canvas, const ImFont* font, const std::string& text, float wrap, float height);

/// "throw  46 %" -> {"throw", "46 %"}: parted at the last run of two or more spaces.
std::pair<std::string, std::string> split_columns(const std::string& line);

}  // namespace purlscope::render
