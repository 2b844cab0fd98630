#include "render/overlay/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "render/overlay/canvas.h"

namespace purlscope::render {
namespace {

constexpr int kSignificantDigits = 3;
constexpr int kMostDecimals = 5;
constexpr const char* kEllipsis = "…";

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

std::string format_value(float value, float range) {
  if (!std::isfinite(value)) return "no value";
  const float size = std::abs(range);
  if (!(size > 0)) return fmt::format("{:.3f}", value);
  const int decimals = kSignificantDigits - 1 - static_cast<int>(std::floor(std::log10(size)));
  if (decimals > kMostDecimals) return fmt::format("{:.2e}", value);
  return fmt::format("{:.{}f}", value, std::clamp(decimals, 0, kMostDecimals));
}

std::string printable(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U; }, ' ');
  return out;
}

std::string fit(const Canvas& canvas, const ImFont* font, const std::string& text, float wrap, float height) {
  if (canvas.measure(font, text, wrap).y <= height) return text;
  std::size_t low = 0;
  std::size_t high = text.size();
  const auto shortened = [&](std::size_t bytes) {
    while (bytes > 0 && bytes < text.size() && continues_character(text[bytes])) --bytes;
    return text.substr(0, bytes) + kEllipsis;
  };
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (canvas.measure(font, shortened(middle), wrap).y <= height ? low : high) = middle;
  }
  return shortened(low);
}

std::pair<std::string, std::string> split_columns(const std::string& line) {
  const std::size_t gap = line.rfind("  ");
  if (gap == std::string::npos) return {line, {}};
  std::string left = line.substr(0, gap);
  left.erase(left.find_last_not_of(' ') + 1);
  return {left, line.substr(gap + 2)};
}

}  // namespace purlscope::render
