#pragma once

#include <string>
#include <string_view>
#include <utility>

struct ImFont;

namespace purlscope::render {

struct Canvas;

/// A number with the decimals that tell values of this range apart: three significant digits of the range.
std::string format_value(float value, float range);

/// The same with a plus sign where it is due, for ranges about zero: "+0.028", "0".
std::string format_signed(float value, float range);

/// The text with every control character turned into a space.
std::string printable(std::string_view text);

/// The printable text with a placeholder for each run of characters that no font of the system has, such as emoji, or
/// that are not UTF-8: no label is invisible. Without joiners and variation selectors.
std::string drawable(const Canvas& canvas, std::string_view text);

/// The longest beginning of the text, with an ellipsis and the ending, that is no higher than `height` when wrapped.
/// The whole text and the ending when they fit.
std::string fit(const Canvas& canvas, const ImFont* font, const std::string& text, float wrap, float height,
                const std::string& ending = {});

inline constexpr std::string_view kTitleDot = " · ";

/// "throw · hands" -> {"throw", "hands"}: parted before the last dot.
std::pair<std::string, std::string> split_title(const std::string& title);

/// "throw  46 %" -> {"throw", "46 %"}: parted at the last run of two or more spaces.
std::pair<std::string, std::string> split_columns(const std::string& line);

}  // namespace purlscope::render
