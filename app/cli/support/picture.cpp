#include "app/cli/support/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/ascii.h"
#include "core/base/error.h"

namespace purlscope::app::cli {
namespace {

constexpr int kSmallest = 16;
constexpr int kLargest = 8192;
constexpr std::size_t kScoreLines = 6;

render::Image padded(const render::Image& image, int width, int height) {
  render::Image canvas{
      width, height, std::vector<std::uint8_t>(4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
  const auto row_bytes = 4 * static_cast<std::ptrdiff_t>(image.width);
  for (int row = 0; row < image.height; ++row) {
    const auto source = image.rgba.begin() + row * row_bytes;
    std::copy(source, source + row_bytes, canvas.rgba.begin() + row * (4 * static_cast<std::ptrdiff_t>(width)));
  }
  return canvas;
}

}  // namespace

PictureSize parse_size(const std::string& text) {
  PictureSize size;
  const char* const end = text.data() + text.size();
  const auto [cross, first] = std::from_chars(text.data(), end, size.width);
  const bool has_cross = first == std::errc() && cross != end && *cross == 'x';
  const auto [last, second] = std::from_chars(has_cross ? cross + 1 : end, end, size.height);
  const auto fits = [](int side) { return side >= kSmallest && side <= kLargest; };
  if (!has_cross || second != std::errc() || last != end || !fits(size.width) || !fits(size.height)) {
    throw Error(Code::bad_argument, fmt::format("--size: found \"{}\", expected WIDTHxHEIGHT in pixels, each {} to {}, "
                                                "such as 1280x720",
                                                text, kSmallest, kLargest));
  }
  return size;
}

std::string extension_of(const std::filesystem::path& file) { return core::lower_ascii(file.extension().string()); }

std::vector<std::string> score_lines(const core::Recognition& recognition) {
  std::vector<std::string> lines;
  for (const std::size_t index : recognition.ranking()) {
    if (lines.size() == kScoreLines) break;
    const core::LabelScore& score = recognition.labels[index];
    lines.push_back(fmt::format("{}  {:.0f} %", score.label, 100 * score.probability));
  }
  return lines;
}

render::Image difference(const render::Image& a, const render::Image& b) {
  if (a.width == b.width && a.height == b.height) return render::image_difference(a, b);
  const int width = std::max(a.width, b.width);
  const int height = std::max(a.height, b.height);
  return render::image_difference(padded(a, width, height), padded(b, width, height));
}

}  // namespace purlscope::app::cli
