// Windows of a recording, and what is scored on them.
#include "core/timeline/score_track.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using testing::ElementsAre;

TEST(SlidingWindows, CoverTheRecordingToItsEnd) {
  const auto windows = sliding_windows(5.1, {2.0, 0.5});
  ASSERT_EQ(windows.size(), 8U);
  EXPECT_EQ(windows.front().begin, 0.0);
  EXPECT_EQ(windows[1].begin, 0.5);
  EXPECT_DOUBLE_EQ(windows.back().end, 5.1);
  for (const TimeSpan& window : windows) EXPECT_NEAR(window.end - window.begin, 2.0, 1e-12);
  EXPECT_EQ(sliding_windows(5.0, {2.0, 0.5}).size(), 7U) << "no second window at the end";
}

TEST(SlidingWindows, AShortRecordingIsOneWindow) {
  const auto windows = sliding_windows(1.2, {2.0, 0.5});
  ASSERT_EQ(windows.size(), 1U);
  EXPECT_EQ(windows[0].end, 1.2);
}

TEST(SlidingWindows, AVeryLongRecordingGetsAWiderStride) {
  const auto windows = sliding_windows(36000.0, {2.0, 0.1}, 1000);
  EXPECT_LE(windows.size(), 1001U);
  EXPECT_DOUBLE_EQ(windows.back().end, 36000.0);
}

TEST(SlidingWindows, RefuseWhatCannotBeCut) {
  EXPECT_THAT([] { sliding_windows(5.0, {2.0, 0.0}); }, test::ThrowsError(Code::bad_argument, testing::HasSubstr("0")));
  EXPECT_THAT([] { sliding_windows(std::nan(""), {}); }, test::ThrowsError(Code::bad_argument, testing::_));
}

TEST(CoarseToFine, TakesEachOnceAndTheWholeLengthFirst) {
  EXPECT_THAT(coarse_to_fine(10), ElementsAre(0, 8, 4, 2, 6, 1, 3, 5, 7, 9));
  for (const std::size_t count : {0U, 1U, 7U, 8U, 9U, 100U}) {
    std::vector<std::size_t> order = coarse_to_fine(count);
    std::sort(order.begin(), order.end());
    ASSERT_EQ(order.size(), count);
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(order[i], i);
  }
}

Recognition scored(std::initializer_list<std::pair<const char*, float>> labels, float none) {
  Recognition result;
  for (const auto& [label, probability] : labels) {
    LabelScore score;
    score.label = label;
    score.probability = probability;
    result.labels.push_back(score);
  }
  result.none_of_these = none;
  return result;
}

TEST(ScoreTrack, FindsLabelsByTheirText) {
  ScoreTrack track = empty_track({"wave", "throw"}, sliding_windows(4.0, {2.0, 1.0}));
  EXPECT_EQ(track.nearest(1.0), std::nullopt);
  track.set(1, scored({{"throw", 0.6F}, {"kick", 0.2F}}, 0.2F));
  EXPECT_TRUE(std::isnan(track.at(1, 0))) << "not among what was scored";
  EXPECT_EQ(track.at(1, 1), 0.6F);
  EXPECT_FALSE(track.scored(0));
  EXPECT_EQ(track.nearest(0.0), 1U) << "the only one that was scored";
  EXPECT_EQ(track.nearest(0.0, 0.5), std::nullopt);
  track.set(2, scored({{"wave", 0.5F}, {"throw", 0.3F}}, 0.2F));
  EXPECT_EQ(track.nearest(2.4), 1U);
  EXPECT_EQ(track.nearest(2.6), 2U);
  EXPECT_EQ(track.nearest(9.0), 2U);
}

}  // namespace
}  // namespace purlscope::core
