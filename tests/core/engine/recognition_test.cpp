#include "core/engine/recognition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace purlscope::core {
namespace {

Recognition with_scores(std::initializer_list<float> scores) {
  Recognition recognition;
  for (const float score : scores) {
    recognition.labels.emplace_back();
    recognition.labels.back().score = score;
  }
  return recognition;
}

TEST(Recognition, RanksByFallingScoreAndKeepsTheUsersOrderInTies) {
  EXPECT_THAT(with_scores({0.2F, 0.9F, 0.2F, -1.0F}).ranking(), ::testing::ElementsAre(1, 0, 2, 3));
}

TEST(Recognition, ScoresThatAreNoNumberComeLast) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(with_scores({nan, -5.0F, 1.0F}).ranking(), ::testing::ElementsAre(2, 1, 0));
}

}  // namespace
}  // namespace purlscope::core
