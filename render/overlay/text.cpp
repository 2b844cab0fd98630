#include "render/overlay/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/utf8.h"
#include "render/overlay/canvas.h"

namespace purlscope::render {
namespace {

constexpr int kSignificantDigits = 3;
constexpr int kMostDecimals = 5;
constexpr const char* kEllipsis = "…";
constexpr const char* kMinus = "−";

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::string format_magnitude(float value, float range) {
  const float magnitude = std::abs(value);
  const float size = std::abs(range);
  if (!(size > 0)) return fmt::format("{:.3f}", magnitude);
  const int decimals = kSignificantDigits - 1 - static_cast<int>(std::floor(std::log10(size)));
  if (decimals > kMostDecimals) return fmt::format("{:.2e}", magnitude);
  return fmt::format("{:.{}f}", magnitude, std::clamp(decimals, 0, kMostDecimals));
}

bool is_zero(const std::string& number) { return number.find_first_of("123456789") == std::string::npos; }

/// Joiners, marks of direction and variation selectors: they change their neighbours and are nothing by themselves.
bool is_invisible(char32_t code) {
  return (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x2064) || (code >= 0xFE00 && code <= 0xFE0F) || code == 0xFEFF;
}

void trim(std::string& text) {
  text.erase(text.find_last_not_of(' ') + 1);
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
}

}  // namespace

std::string format_value(float value, float range) {
  if (!std::isfinite(value)) return "no value";
  const std::string number = format_magnitude(value, range);
  return (value < 0 && !is_zero(number) ? kMinus : "") + number;
}

std::string format_signed(float value, float range) {
  if (!std::isfinite(value)) return "no value";
  const std::string number = format_magnitude(value, range);
  if (is_zero(number)) return "0";
  return (value < 0 ? kMinus : "+") + number;
}

std::string printable(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U; }, ' ');
  return out;
}

std::string drawable(const Canvas& canvas, std::string_view text) {
  const std::string clean = printable(text);
  std::string out;
  bool replaced = false;
  for (std::size_t at = 0; at < clean.size();) {
    const std::size_t start = at;
    const char32_t code = core::next_code_point(clean, at);
    if (is_invisible(code)) continue;
    if (canvas.fonts.has(code)) {
      out.append(clean, start, at - start);
      replaced = false;
    } else if (!std::exchange(replaced, true)) {
      out += canvas.fonts.placeholder();
    }
  }
  trim(out);
  return out;
}

std::string fit(const Canvas& canvas, const ImFont* font, const std::string& text, float wrap, float height,
                const std::string& ending) {
  if (canvas.measure(font, text + ending, wrap).y <= height) return text + ending;
  std::size_t low = 0;
  std::size_t high = text.size();
  const auto shortened = [&](std::size_t bytes) {
    while (bytes > 0 && bytes < text.size() && continues_character(text[bytes])) --bytes;
    std::string kept = text.substr(0, bytes);
    kept.erase(kept.find_last_not_of(' ') + 1);
    return kept + kEllipsis + ending;
  };
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (canvas.measure(font, shortened(middle), wrap).y <= height ? low : high) = middle;
  }
  return shortened(low);
}

std::pair<std::string, std::string> split_title(const std::string& title) {
  const std::size_t dot = title.rfind(kTitleDot);
  if (dot == std::string::npos) return {title, {}};
  return {title.substr(0, dot), title.substr(dot + kTitleDot.size())};
}

std::pair<std::string, std::string> split_columns(const std::string& line) {
  const std::size_t gap = line.rfind("  ");
  if (gap == std::string::npos) return {line, {}};
  std::string left = line.substr(0, gap);
  left.erase(left.find_last_not_of(' ') + 1);
  return {left, line.substr(gap + 2)};
}

}  // namespace purlscope::render
