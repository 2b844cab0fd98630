// Stretches of one label, found in made curves.
#include "core/timeline/segments.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace purlscope::core {
namespace {

const float kNan = std::nanf("");

/// Windows of 2 s, one each quarter of a second, whose scores are given by their middle.
ScoreTrack made(double duration, const std::vector<std::string>& labels,
                const std::function<std::vector<float>(double)>& scores, float none = 0.1F) {
  ScoreTrack track = empty_track(labels, sliding_windows(duration, {2.0, 0.25}));
  for (std::size_t window = 0; window < track.size(); ++window) {
    const std::vector<float> row = scores(track.times[window]);
    std::copy(row.begin(), row.end(),
              track.probabilities.begin() + static_cast<std::ptrdiff_t>(window * labels.size()));
    track.none[window] = std::isnan(row[0]) ? kNan : none;
  }
  return track;
}

TEST(Segments, ThreeActionsAfterEachOther) {
  const ScoreTrack track = made(15.0, {"wave", "throw", "sit"}, [](double t) {
    const int now = t < 5.0 ? 0 : t < 10.0 ? 1 : 2;
    std::vector<float> row(3, 0.1F);
    row[static_cast<std::size_t>(now)] = 0.7F;
    return row;
  });
  const auto found = find_segments(track);
  ASSERT_EQ(found.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(found[i].label, i);
  EXPECT_EQ(found[0].begin, 0.0) << "the first window reaches back to the beginning";
  EXPECT_NEAR(found[0].end, 5.0, 0.26);
  EXPECT_EQ(found[1].begin, found[0].end);
  EXPECT_NEAR(found[1].end, 10.0, 0.26);
  EXPECT_EQ(found[2].end, 15.0);
  EXPECT_NEAR(found[2].score, 0.7, 0.05) << "the mean of what was scored";
}

TEST(Segments, FlickerBetweenTwoLabelsIsOneStretch) {
  const ScoreTrack track = made(12.0, {"wave", "throw"}, [](double t) {
    const bool odd = static_cast<int>(t * 4) % 2 == 1;
    return odd ? std::vector<float>{0.40F, 0.45F} : std::vector<float>{0.50F, 0.35F};
  });
  const auto found = find_segments(track);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].label, 0U);
  EXPECT_EQ(found[0].begin, 0.0);
  EXPECT_EQ(found[0].end, 12.0);
}

TEST(Segments, ABurstThatIsTooShortGoesToWhatLiesAroundIt) {
  const auto burst = [](double length) {
    return made(12.0, {"wave", "throw"}, [length](double t) {
      return std::abs(t - 6.0) < 0.5 * length ? std::vector<float>{0.0F, 0.9F} : std::vector<float>{0.8F, 0.1F};
    });
  };
  SegmentOptions options;
  options.smoothing = 0.0;
  EXPECT_EQ(find_segments(burst(0.6), options).size(), 1U);
  EXPECT_EQ(find_segments(burst(2.0), options).size(), 3U);
  options.min_length = 3.0;
  EXPECT_EQ(find_segments(burst(2.0), options).size(), 1U);
}

TEST(Segments, OfEqualLabelsTheFirstOneWinsAllAlong) {
  const auto found = find_segments(made(8.0, {"a", "b"}, [](double) { return std::vector<float>{0.4F, 0.4F}; }));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].label, 0U);
}

TEST(Segments, WhereNoLabelIsMoreProbableThanNoneOfTheseThereIsNoStretch) {
  const auto found = find_segments(made(
      18.0, {"wave"}, [](double t) { return std::vector<float>{t > 6.0 && t < 12.0 ? 0.8F : 0.05F}; }, 0.2F));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(found[0].begin, 6.0, 0.6);
  EXPECT_NEAR(found[0].end, 12.0, 0.6);
}

TEST(Segments, AStretchGoesOnUntilItIsClearlyNotBelieved) {
  // Just above and just below "none of these" by turns: a plain threshold would cut it to pieces.
  const auto wavering = [](double t) { return std::vector<float>{std::fmod(t, 3.0) < 1.5 ? 0.22F : 0.18F}; };
  EXPECT_EQ(find_segments(made(12.0, {"wave"}, wavering, 0.2F)).size(), 1U);
}

TEST(Segments, WhatWasNotScoredBelongsToNoStretch) {
  const auto found = find_segments(made(20.0, {"wave", "throw"}, [](double t) {
    return t > 8.0 && t < 14.0 ? std::vector<float>{kNan, kNan} : std::vector<float>{0.8F, 0.1F};
  }));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_NEAR(found[0].end, 8.0, 1.1);
  EXPECT_NEAR(found[1].begin, 14.0, 1.1);
  EXPECT_EQ(find_segments(made(20.0, {"wave"}, [](double) { return std::vector<float>{kNan}; })).size(), 0U);
}

TEST(Segments, ASingleMissingWindowDoesNotCutAStretch) {
  const auto found = find_segments(
      made(9.0, {"wave"}, [](double t) { return std::vector<float>{std::abs(t - 4.0) < 0.1 ? kNan : 0.8F}; }));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].end, 9.0);
}

TEST(Segments, OneWindowIsOneStretchHoweverShort) {
  ScoreTrack track = empty_track({"wave", "throw"}, sliding_windows(0.7, {}));
  track.probabilities = {0.2F, 0.6F};
  track.none = {0.2F};
  const auto found = find_segments(track);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].label, 1U);
  EXPECT_EQ(found[0].begin, 0.0);
  EXPECT_EQ(found[0].end, 0.7);
}

TEST(Segments, NothingIsFoundInNothing) {
  EXPECT_TRUE(find_segments({}).empty());
  EXPECT_TRUE(find_segments(empty_track({"wave"}, {})).empty());
  EXPECT_TRUE(find_segments(empty_track({}, sliding_windows(5.0, {}))).empty());
}

TEST(Segments, TheOneAtATime) {
  const std::vector<FoundSegment> segments{{1.0, 2.0, 0, 0.5}, {2.0, 3.0, 1, 0.5}, {5.0, 6.0, 0, 0.5}};
  EXPECT_EQ(segment_at(segments, 0.5), 3U);
  EXPECT_EQ(segment_at(segments, 1.0), 0U);
  EXPECT_EQ(segment_at(segments, 2.0), 1U);
  EXPECT_EQ(segment_at(segments, 4.0), 3U);
  EXPECT_EQ(segment_at(segments, 6.0), 3U);
  EXPECT_EQ(segment_at({}, 1.0), 0U);
}

}  // namespace
}  // namespace purlscope::core
