#include "core/report/time_left.h"

#include <gtest/gtest.h>

namespace purlscope::core {
namespace {

TEST(TimeLeft, IsUnknownUntilSomethingIsDone) {
  const TimeLeft time;
  EXPECT_EQ(time.seconds({"a", "b"}, 3), std::nullopt);
  EXPECT_EQ(time.seconds({}, 0), 0);
}

TEST(TimeLeft, GoesByJobsOfTheSameKind) {
  TimeLeft time;
  time.learn("slow", 90);
  time.learn("slow", 110);
  time.learn("fast", 10);
  EXPECT_EQ(time.seconds({"slow", "fast"}, 30), 70 + 10);
  EXPECT_EQ(time.seconds({"fast", "new"}, 0), 10 + 70) << "the mean of all three";
  EXPECT_EQ(time.seconds({"fast", "fast"}, 30), 10) << "a job that takes longer than usual is about to end";
}

TEST(TimeLeft, IsToldInWordsOfItsSize) {
  EXPECT_EQ(about(40.4), "about 40 s");
  EXPECT_EQ(about(724), "about 12 min");
  EXPECT_EQ(about(3 * 3600 + 17 * 60), "about 3 h 20 min");
  EXPECT_EQ(about(4 * 3600 - 60), "about 4 h 0 min");
}

}  // namespace
}  // namespace purlscope::core
