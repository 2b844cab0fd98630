#include "core/report/time_left.h"

#include <gtest/gtest.h>

namespace purlscope::core {
namespace {

TEST(TimeLeft, IsUnknownUntilSomethingIsDone) {
  const TimeLeft time;
  EXPECT_EQ(time.seconds({"a", "b"}, 3, -1), std::nullopt);
  EXPECT_EQ(time.seconds({"a", "b"}, 3, 0.01), std::nullopt);
  EXPECT_EQ(time.seconds({"a", "b"}, 10, 0.25), 30 + 40) << "the running job tells: 40 s each";
  EXPECT_EQ(time.seconds({}, 0, -1), 0);
}

TEST(TimeLeft, GoesByJobsOfTheSameKind) {
  TimeLeft time;
  time.learn("slow", 90);
  time.learn("slow", 110);
  time.learn("fast", 10);
  EXPECT_EQ(time.seconds({"slow", "fast"}, 30, -1), 70 + 10);
  EXPECT_EQ(time.seconds({"fast", "new"}, 0, -1), 10 + 70) << "the mean of all three";
  EXPECT_EQ(time.seconds({"fast", "fast"}, 10, 0.5), 10 + 10) << "slower than usual";
  EXPECT_EQ(time.seconds({"fast"}, 30, -1), 0);
}

TEST(TimeLeft, IsToldInWordsOfItsSize) {
  EXPECT_EQ(about(40.4), "about 40 s");
  EXPECT_EQ(about(724), "about 12 min");
  EXPECT_EQ(about(3 * 3600 + 17 * 60), "about 3 h 20 min");
  EXPECT_EQ(about(4 * 3600 - 60), "about 4 h 0 min");
}

}  // namespace
}  // namespace purlscope::core
