#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace purlscope::render {

/// Red, green, blue.
using Rgb = std::array<std::uint8_t, 3>;

/// At most 255 colours that stand for those of a picture, and the nearest of them for any colour.
class Palette {
 public:
  static constexpr std::size_t kMostColors = 255;  ///< one index of a GIF is left for "unchanged"

  /// Median cut (Heckbert 1982) over a histogram of five bits a channel.
  explicit Palette(const std::vector<Rgb>& pixels);

  const std::vector<Rgb>& colors() const { return colors_; }
  /// Index of the nearest colour. Kept for colours that share five bits a channel.
  std::uint8_t index(const Rgb& color);
  /// Mean distance of the pixels from their colours, in steps of one channel (0 to 255).
  double error(const std::vector<Rgb>& pixels);

 private:
  std::vector<Rgb> colors_;
  std::vector<std::int16_t> nearest_;  ///< by bin, -1 = not asked for yet
};

}  // namespace purlscope::render
