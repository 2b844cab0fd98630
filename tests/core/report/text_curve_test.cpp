#include "core/report/text_curve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/base/utf8.h"

namespace purlscope::core {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::size_t cells(const std::string& line) { return code_points(line).size(); }

TrainingPoint point(const char* stage, int epoch, double loss, std::optional<double> held) {
  TrainingPoint made;
  made.stage = stage;
  made.epoch = epoch;
  made.epochs = 8;
  made.loss = loss;
  made.seen_accuracy = 0.25;
  made.held_accuracy = held;
  return made;
}

TEST(TextCurve, ARisingLineGoesFromCornerToCorner) {
  // 9 cells of 2 x 4 dots: 18 steps climb 4 rows of dots.
  TextPlot plot{"up", {}, 18, 16, 1};
  for (int i = 0; i < 18; ++i) plot.values.push_back(i);
  EXPECT_THAT(draw_plot(plot), ElementsAre("up              ", "    17 ⣀⡠⠤⠤⠔⠒⠒⠊⠉", "       1      18"));
}

TEST(TextCurve, StepsStillToComeStayBlank) {
  const TextPlot plot{"half", {1, 2}, 4, 16, 2};
  const auto lines = draw_plot(plot);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[1].substr(0, 7), "     2 ");
  EXPECT_EQ(lines[2].substr(0, 7), "     1 ");
  EXPECT_THAT(lines[1], testing::EndsWith("⠀⠀⠀⠀⠀"));
  EXPECT_THAT(lines[3], testing::EndsWith(" 4"));
}

TEST(TextCurve, EveryLineIsAsWideAsAskedFor) {
  for (const double scale : {1e-12, 0.00123456, 1.0, 123456.789, 1e30}) {
    const TextPlot plot{"a title that is longer than the plot is wide", {scale, -2 * scale}, 0, 24, 3};
    for (const std::string& line : draw_plot(plot)) EXPECT_EQ(cells(line), 24U) << line;
  }
}

TEST(TextCurve, WhatIsNotFiniteLeavesAGap) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const auto gap = draw_plot({"gap", {1, kNone, 1}, 3, 16, 1});
  ASSERT_EQ(gap.size(), 3U);
  EXPECT_EQ(gap[1], "     1 ⠁⠀⠀⠀⠀⠀⠀⠀⠈") << "one value is not named twice, and nothing joins the two";
  EXPECT_THAT(draw_plot({"none", {kNone}, 3, 16, 1}), IsEmpty());
  EXPECT_THAT(draw_plot({"none", {}, 3, 16, 1}), IsEmpty());
}

TEST(TextCurve, TooSmallAPlotIsNone) {
  EXPECT_THAT(draw_plot({"", {1, 2}, 2, 15, 1}), IsEmpty());
  EXPECT_THAT(draw_plot({"", {1, 2}, 2, 16, 0}), IsEmpty());
  EXPECT_EQ(draw_plot({"", {1}, 1, 16, 1}).size(), 3U);
}

TEST(TextCurve, TrainingShowsTheStageAtWork) {
  const std::vector<TrainingPoint> points = {point("backbone", 1, 900, 0.1), point("head", 1, 2, 0.5),
                                             point("head", 2, 1.5, std::nullopt), point("head", 3, 1.25, 0.75)};
  const auto lines = draw_training(points, 60, 4);
  ASSERT_EQ(lines.size(), 6U);
  for (const std::string& line : lines) EXPECT_EQ(cells(line), 60U) << line;
  EXPECT_THAT(lines[0], HasSubstr("head: loss 1.250"));
  EXPECT_THAT(lines[0], HasSubstr("kept-out clips 75.0 % right"));
  EXPECT_THAT(lines[1], testing::AllOf(HasSubstr("     2 "), HasSubstr("    75 ")));
  EXPECT_THAT(lines[4], testing::AllOf(HasSubstr("  1.25 "), HasSubstr("    50 ")));
  EXPECT_THAT(draw_training(points, 39, 4), IsEmpty());
  EXPECT_THAT(draw_training({}, 60, 4), IsEmpty());
}

TEST(TextCurve, WithoutClipsKeptOutTheSamplesAreShown) {
  const std::vector<TrainingPoint> points = {point("head", 1, 2, std::nullopt)};
  const auto lines = draw_training(points, 80, 2);
  ASSERT_FALSE(lines.empty());
  EXPECT_THAT(lines[0], HasSubstr("samples 25.0 % right"));
}

}  // namespace
}  // namespace purlscope::core
