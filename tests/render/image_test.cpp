#include "render/image.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "core/base/error.h"

namespace purlscope::render {
namespace {

namespace fs = std::filesystem;

fs::path temp(const std::string& name) { return fs::path(testing::TempDir()) / ("purlscope_image_" + name); }

Code code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  return Code::internal;
}

TEST(Image, PngKeepsEveryPixelAndItsAlpha) {
  Image image{3, 2, {}};
  for (int i = 0; i < 24; ++i) image.rgba.push_back(static_cast<std::uint8_t>(i * 10));
  write_png(image, temp("round.png"));
  const Image back = read_png(temp("round.png"));
  EXPECT_EQ(back.width, 3);
  EXPECT_EQ(back.height, 2);
  EXPECT_EQ(back.rgba, image.rgba);
}

TEST(Image, UnreadableFilesAreNamedErrors) {
  EXPECT_EQ(code_of([] { read_png(temp("absent.png")); }), Code::not_found);
  std::ofstream(temp("noise.png")) << "\x89PNG\r\n\x1a\n and then noise";
  EXPECT_EQ(code_of([] { read_png(temp("noise.png")); }), Code::bad_format);
  EXPECT_EQ(code_of([] { write_png({1, 1, {0, 0, 0, 0}}, temp("no/such/folder.png")); }), Code::io);
  EXPECT_EQ(code_of([] { write_png({}, temp("empty.png")); }), Code::bad_argument);
}

TEST(Image, ErrorIsTheMeanDifferenceOfAllChannels) {
  const Image black{1, 2, {0, 0, 0, 255, 0, 0, 0, 255}};
  const Image half{1, 2, {0, 0, 0, 255, 255, 255, 0, 255}};
  EXPECT_DOUBLE_EQ(image_error(black, black), 0.0);
  EXPECT_DOUBLE_EQ(image_error(black, half), 2.0 / 8.0);
  EXPECT_DOUBLE_EQ(image_error(black, {2, 1, black.rgba}), 1.0);
}

TEST(Image, DifferenceShowsWhereAndIsOpaque) {
  const Image a{1, 1, {10, 200, 30, 0}};
  const Image b{1, 1, {20, 100, 30, 255}};
  EXPECT_EQ(image_difference(a, b).rgba, (std::vector<std::uint8_t>{10, 100, 0, 255}));
}

}  // namespace
}  // namespace purlscope::render
