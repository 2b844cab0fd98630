#include "tests/render/picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace purlscope::test {
namespace {

constexpr std::size_t kChannels = 4;

/// Largest difference between the mean colours of two tiles in the same place, in any channel.
double tile_error(const render::Image& a, const render::Image& b) {
  const render::Image coarse_a = shrunk(a, kTileSide);
  const render::Image coarse_b = shrunk(b, kTileSide);
  int largest = 0;
  for (std::size_t i = 0; i < coarse_a.rgba.size(); ++i) {
    largest = std::max(largest, std::abs(int{coarse_a.rgba[i]} - int{coarse_b.rgba[i]}));
  }
  return largest / 255.0;
}

bool same_size(const render::Image& a, const render::Image& b) { return a.width == b.width && a.height == b.height; }

}  // namespace

render::Image shrunk(const render::Image& picture, int factor) {
  render::Image small{picture.width / factor, picture.height / factor, {}};
  small.rgba.reserve(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height) * kChannels);
  const auto row = static_cast<std::size_t>(picture.width) * kChannels;
  const auto side = static_cast<std::size_t>(factor);
  for (std::size_t y = 0; y < static_cast<std::size_t>(small.height); ++y) {
    for (std::size_t x = 0; x < static_cast<std::size_t>(small.width); ++x) {
      for (std::size_t c = 0; c < kChannels; ++c) {
        std::size_t sum = 0;
        for (std::size_t i = 0; i < side * side; ++i) {
          sum += picture.rgba[(y * side + i / side) * row + (x * side + i % side) * kChannels + c];
        }
        small.rgba.push_back(static_cast<std::uint8_t>((sum + side * side / 2) / (side * side)));
      }
    }
  }
  return small;
}

bool alike(const render::Image& a, const render::Image& b, const PictureTolerance& tolerance) {
  return same_size(a, b) && render::image_error(a, b) <= tolerance.mean && tile_error(a, b) <= tolerance.tile;
}

void expect_baseline(const render::Image& picture, const std::filesystem::path& baseline,
                     const PictureTolerance& tolerance) {
  if (const char* update = std::getenv("PURLSCOPE_UPDATE_BASELINES"); update != nullptr && std::string(update) == "1") {
    std::filesystem::create_directories(baseline.parent_path());
    render::write_png(picture, baseline);
    GTEST_SKIP() << "stored " << baseline;
  }
  const render::Image expected = render::read_png(baseline);
  if (alike(picture, expected, tolerance)) return;
  const std::string name = baseline.stem().string();
  const std::filesystem::path folder = testing::TempDir();
  render::write_png(picture, folder / ("purlscope_" + name + ".png"));
  if (same_size(picture, expected)) {
    render::write_png(render::image_difference(picture, expected), folder / ("purlscope_" + name + "_difference.png"));
  }
  ADD_FAILURE() << name << " differs from its baseline by " << render::image_error(picture, expected) << ", at most "
                << tolerance.mean << ", and in one tile by "
                << (same_size(picture, expected) ? tile_error(picture, expected) : 1.0) << ", at most "
                << tolerance.tile << "; see purlscope_" << name << "*.png in " << folder;
}

}  // namespace purlscope::test
