#include "render/colormap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace purlscope::render {
namespace {

glm::ivec3 bytes(const glm::vec3& color) { return glm::ivec3(glm::round(color * 255.0F)); }

/// Relative luminance of an sRGB colour (WCAG 2).
double luminance(const glm::vec3& color) {
  const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

TEST(ColorMap, ViridisHasItsPublishedEnds) {
  const ColorMap& map = ColorMap::get("viridis");
  EXPECT_EQ(map.colors().size(), 256U);
  EXPECT_EQ(bytes(map.at(0)), glm::ivec3(68, 1, 84));
  EXPECT_EQ(bytes(map.at(1)), glm::ivec3(253, 231, 37));
}

TEST(ColorMap, PerceptualMapsGrowLighter) {
  for (const char* id : {"viridis", "cividis", "magma", "inferno"}) {
    const auto& colors = ColorMap::get(id).colors();
    for (std::size_t i = 4; i < colors.size(); i += 4) {
      EXPECT_GT(luminance(colors[i]), luminance(colors[i - 4])) << id << " at " << i;
    }
  }
}

TEST(ColorMap, CoolwarmIsNeutralInTheMiddleAndEvenOnBothSides) {
  const ColorMap& map = ColorMap::get("coolwarm");
  EXPECT_EQ(bytes(map.at(0)), glm::ivec3(59, 76, 192));
  EXPECT_EQ(bytes(map.at(1)), glm::ivec3(180, 4, 38));
  const glm::vec3 middle = map.at(0.5F);
  EXPECT_NEAR(middle.r, middle.b, 0.03);
  EXPECT_NEAR(middle.r, middle.g, 0.03);
  EXPECT_GT(luminance(middle), luminance(map.at(0.25F)));
  EXPECT_GT(luminance(middle), luminance(map.at(0.75F)));
}

TEST(ColorMap, ValuesOutsideTakeTheEnds) {
  const ColorMap& map = ColorMap::get("magma");
  EXPECT_EQ(map.at(-3), map.at(0));
  EXPECT_EQ(map.at(7), map.at(1));
  EXPECT_EQ(map.at(std::numeric_limits<float>::quiet_NaN()), map.at(0));
}

TEST(ColorMap, BlendsBetweenEntries) {
  const ColorMap& map = ColorMap::get("turbo");
  const glm::vec3 between = map.at(100.5F / 255);
  const glm::vec3 expected = (map.colors()[100] + map.colors()[101]) * 0.5F;
  EXPECT_LT(glm::distance(between, expected), 1e-4);
}

TEST(ColorMap, AnUnknownNameIsAnsweredWithTheKnownOnes) {
  EXPECT_THAT(ColorMap::ids(), testing::IsSupersetOf({"cividis", "coolwarm", "inferno", "magma", "turbo", "viridis"}));
  try {
    ColorMap::get("../secret");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::not_found);
    EXPECT_THAT(error.what(), testing::HasSubstr("viridis"));
  }
}

}  // namespace
}  // namespace purlscope::render
