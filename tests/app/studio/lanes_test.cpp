// Which labels have lanes, and the lines that are drawn in them.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "app/studio/panels/timeline/lane_curve.h"
#include "app/studio/scores/lane_choice.h"
#include "app/studio/theme/lane_colours.h"

namespace purlscope::app {
namespace {

const float kNan = std::nanf("");

core::ScoreTrack track_of(std::vector<std::string> labels, const std::vector<std::vector<float>>& rows) {
  std::vector<core::TimeSpan> windows;
  for (std::size_t i = 0; i < rows.size(); ++i)
    windows.push_back({static_cast<double>(i), static_cast<double>(i) + 2.0});
  core::ScoreTrack track = core::empty_track(std::move(labels), windows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::copy(rows[i].begin(), rows[i].end(),
              track.probabilities.begin() + static_cast<std::ptrdiff_t>(i * track.labels.size()));
    track.none[i] = std::isnan(rows[i][0]) ? kNan : 0.1F;
  }
  return track;
}

std::vector<std::size_t> labels_of(const std::vector<Lane>& lanes) {
  std::vector<std::size_t> labels;
  for (const Lane& lane : lanes) labels.push_back(lane.label);
  return labels;
}

TEST(LaneChoice, TakesTheLabelsWithMostScoreInTheOrderOfTheList) {
  const auto track = track_of({"a", "b", "c", "d"}, {{0.1F, 0.1F, 0.1F, 0.5F}, {0.0F, 0.9F, 0.1F, 0.2F}});
  EXPECT_EQ(labels_of(choose_lanes(track, 2, {})), (std::vector<std::size_t>{1, 3}));
  EXPECT_EQ(labels_of(choose_lanes(track, 2, 0)), (std::vector<std::size_t>{0, 1})) << "the chosen one always";
  EXPECT_EQ(choose_lanes(track, 99, {}).size(), 4U);
  EXPECT_TRUE(choose_lanes(track, 0, 0).empty());
  EXPECT_TRUE(choose_lanes({}, 8, 0).empty());
}

TEST(LaneChoice, AColourStaysWithItsLabelAndNoTwoAreTheSame) {
  std::vector<std::string> labels;
  std::vector<float> row;
  for (int i = 0; i < 20; ++i) {
    labels.push_back(std::to_string(i));
    row.push_back(i % 8 == 0 ? 0.9F : 0.01F * static_cast<float>(i));  // 0, 8 and 16 want the same colour
  }
  const auto track = track_of(labels, {row});
  const auto lanes = choose_lanes(track, 8, {});
  std::set<int> colours;
  std::vector<std::pair<std::string, int>> before;
  for (const Lane& lane : lanes) {
    colours.insert(lane.colour);
    before.emplace_back(track.labels[lane.label], lane.colour);
  }
  EXPECT_EQ(colours.size(), 8U);
  for (const Lane& lane : choose_lanes(track, 3, 16, before)) {
    const auto had = std::ranges::find(before, track.labels[lane.label], &std::pair<std::string, int>::first);
    EXPECT_EQ(lane.colour, had->second);
  }
}

TEST(LaneChoice, AllLanesShareAScaleThatHoldsThem) {
  const auto scale = [](float most) {
    const auto track = track_of({"a", "b"}, {{0.01F, most}, {kNan, kNan}});
    return lane_scale(track, choose_lanes(track, 2, {}));
  };
  EXPECT_EQ(scale(0.04F), 0.1F);
  EXPECT_EQ(scale(0.3F), 0.5F);
  EXPECT_EQ(scale(0.7F), 1.0F);
  EXPECT_EQ(lane_scale({}, {}), 0.1F);
}

TEST(LaneCurve, IsCutWhereNothingWasScored) {
  const QRectF area(0, 0, 100, 10);
  const auto x = [](double seconds) { return 10.0 * seconds; };
  const auto track = track_of({"a"}, {{0.5F}, {1.0F}, {kNan}, {kNan}, {kNan}, {0.0F}});
  const auto lines = lane_curves(track, 0, 1.0F, area, x);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].front(), QPointF(0, 5)) << "from where the first window begins";
  EXPECT_EQ(lines[0][1], QPointF(10, 5));
  EXPECT_EQ(lines[0][2], QPointF(20, 0));
  EXPECT_EQ(lines[0].back(), QPointF(30, 0));
  EXPECT_EQ(lines[1].front(), QPointF(50, 10));
}

TEST(LaneCurve, OfManyWindowsInAPixelTheHighestCounts) {
  const QRectF area(0, 0, 100, 10);
  std::vector<std::vector<float>> rows(5000, std::vector<float>{0.1F});
  rows[2500] = {1.0F};
  const auto lines = lane_curves(track_of({"a"}, rows), 0, 1.0F, area, [](double s) { return s / 50.0; });
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_LT(lines[0].size(), 110);
  EXPECT_EQ(std::ranges::min(lines[0], {}, &QPointF::y).y(), 0.0);
}

}  // namespace
}  // namespace purlscope::app
