#include <gtest/gtest.h>

#include <cmath>

#include "render/overlay/text.h"
#include "render/scene.h"

namespace purlscope::render {
namespace {

/// Contrast of two opaque colours (WCAG 2).
double contrast(const glm::vec3& a, const glm::vec3& b) {
  const auto luminance = [](const glm::vec3& c) {
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
  };
  const double high = std::max(luminance(a), luminance(b));
  const double low = std::min(luminance(a), luminance(b));
  return (high + 0.05) / (low + 0.05);
}

TEST(Theme, TextIsReadableOnGroundAndPanels) {
  for (const Theme& theme : {Theme::dark(), Theme::light()}) {
    const glm::vec3 ground(theme.background);
    const glm::vec3 panel = glm::mix(ground, glm::vec3(theme.panel), theme.panel.a);
    for (const glm::vec3& under : {ground, panel}) {
      EXPECT_GE(contrast(glm::vec3(theme.text), under), 7.0);
      EXPECT_GE(contrast(glm::vec3(theme.muted), under), 4.5);
    }
  }
}

TEST(OverlayText, NumbersShowThreeDigitsOfTheRange) {
  EXPECT_EQ(format_value(0.0F, 0.214F), "0.000");
  EXPECT_EQ(format_value(0.214F, 0.214F), "0.214");
  EXPECT_EQ(format_value(0.0214F, 0.0214F), "0.0214");
  EXPECT_EQ(format_value(12.34F, 20.0F), "12.3");
  EXPECT_EQ(format_value(1234.0F, 2000.0F), "1234");
  EXPECT_EQ(format_value(std::nanf(""), 1.0F), "no value");
}

TEST(OverlayText, NumbersBelowZeroHaveAMinusSignNotAHyphen) {
  EXPECT_EQ(format_value(-0.0277F, 0.0554F), "−0.0277");
  EXPECT_EQ(format_value(-0.00001F, 0.0554F), "0.0000");
  EXPECT_EQ(format_signed(-0.0277F, 0.0554F), "−0.0277");
  EXPECT_EQ(format_signed(0.0277F, 0.0554F), "+0.0277");
  EXPECT_EQ(format_signed(0.0F, 0.0554F), "0");
}

TEST(OverlayText, ScoreLinesAreSplitAtTheWideGap) {
  EXPECT_EQ(split_columns("pick up  46 %"), (std::pair<std::string, std::string>{"pick up", "46 %"}));
  EXPECT_EQ(split_columns("pick up"), (std::pair<std::string, std::string>{"pick up", ""}));
}

TEST(OverlayText, TitlesArePartedBeforeTheSentence) {
  EXPECT_EQ(split_title("read · write · hands"), (std::pair<std::string, std::string>{"read · write", "hands"}));
  EXPECT_EQ(split_title("throw"), (std::pair<std::string, std::string>{"throw", ""}));
}

TEST(OverlayText, ControlCharactersBecomeSpaces) { EXPECT_EQ(printable("a\tb\nc"), "a b c"); }

}  // namespace
}  // namespace purlscope::render
