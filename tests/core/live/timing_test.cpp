#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/live/stream/clock_map.h"
#include "core/live/stream/jitter_buffer.h"
#include "core/live/stream/stream_input.h"
#include "tests/core/live/support.h"

namespace purlscope::core {
namespace {

using test::frame_at;

const LiveTime kStart = LiveTime(std::chrono::hours(5));

LiveTime at(double seconds) { return kStart + live_seconds(seconds); }

TEST(ClockMap, TheFastestPacketSetsTheOffset) {
  ClockMap clock;
  std::mt19937 random(3);
  std::uniform_real_distribution<double> delay(0.005, 0.080);
  double worst_late = 0.0;
  for (int i = 0; i < 600; ++i) {
    const double sent = i / 30.0;
    const double way = i % 20 == 7 ? 0.005 : delay(random);
    const ClockMap::Stamp stamp = clock.map(1.7e9 + sent, at(sent + way));
    EXPECT_FALSE(stamp.jumped);
    EXPECT_LE(stamp.taken, at(sent + way));
    EXPECT_NEAR(stamp.time, sent, 1e-6);
    if (i > 60) worst_late = std::max(worst_late, std::abs(seconds_between(at(sent + 0.005), stamp.taken)));
  }
  EXPECT_LT(worst_late, 1e-3);  // known but for the least delay, which nobody can know
}

TEST(ClockMap, FollowsADriftingClock) {
  ClockMap clock;
  for (int i = 0; i < 30 * 120; ++i) {
    const double passed = i / 30.0;
    const ClockMap::Stamp stamp = clock.map(passed * 1.001, at(passed + 0.01));  // 120 ms in two minutes
    EXPECT_FALSE(stamp.jumped);
    ASSERT_LT(seconds_between(stamp.taken, at(passed + 0.01)), 0.02) << passed;
  }
  clock.reset();
  for (int i = 0; i < 30 * 120; ++i) {
    const double passed = i / 30.0;
    const ClockMap::Stamp stamp = clock.map(passed * 0.999, at(passed + 0.01));
    ASSERT_LT(seconds_between(stamp.taken, at(passed + 0.01)), 0.02) << passed;
  }
}

TEST(ClockMap, JumpsAreBridged) {
  for (const double jump : {-3600.0, 3600.0, -3.0, 1.0}) {
    ClockMap clock;
    double before = -1.0;
    int jumps = 0;
    for (int i = 0; i < 120; ++i) {
      const double passed = i / 30.0;
      const ClockMap::Stamp stamp = clock.map(passed + (i >= 60 ? jump : 0.0), at(passed));
      jumps += stamp.jumped ? 1 : 0;
      EXPECT_GT(stamp.time, before);
      EXPECT_NEAR(stamp.time, passed, 1e-6) << jump;
      before = stamp.time;
    }
    EXPECT_EQ(jumps, 1) << jump;
  }
}

TEST(JitterBuffer, PutsFramesInOrderAndDropsWhatComesTooLate) {
  JitterBuffer buffer(live_seconds(0.02));
  const auto add = [&](double time) {
    LiveFrame frame = frame_at(time);
    frame.taken = at(time);
    return buffer.add(std::move(frame));
  };
  EXPECT_TRUE(add(0.00));
  EXPECT_TRUE(add(0.02));
  EXPECT_TRUE(add(0.01));
  EXPECT_FALSE(buffer.take(at(0.019)));
  EXPECT_EQ(buffer.take(at(0.031))->time, 0.00);
  EXPECT_EQ(buffer.take(at(0.031))->time, 0.01);
  EXPECT_FALSE(buffer.take(at(0.031)));
  EXPECT_FALSE(add(0.005));
  EXPECT_EQ(buffer.take(at(0.1))->time, 0.02);
}

TEST(JitterBuffer, IsBounded) {
  JitterBuffer buffer(live_seconds(1000.0));
  for (int i = 0; i < 1000; ++i) {
    LiveFrame frame = frame_at(i);
    frame.taken = at(i);
    buffer.add(std::move(frame));
  }
  std::size_t forced = 0;
  while (buffer.take(at(0.0))) ++forced;
  EXPECT_EQ(forced, 1000 - JitterBuffer::kMost);
}

TEST(RateLimit, AllowsTheRateAndTheBurst) {
  RateLimit limit(100.0, 10.0);
  int allowed = 0;
  for (int i = 0; i < 10'000; ++i) allowed += limit.allow(at(i / 5000.0)) ? 1 : 0;  // two seconds
  EXPECT_NEAR(allowed, 210, 2);
}

}  // namespace
}  // namespace purlscope::core
