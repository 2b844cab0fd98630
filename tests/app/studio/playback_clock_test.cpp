#include "app/studio/session/playback_clock.h"

#include <gtest/gtest.h>

namespace purlscope::app {
namespace {

/// Four frames at 10 per second, the third half a frame late: 0, 0.1, 0.25, 0.3; duration 0.4.
PlaybackClock uneven() {
  PlaybackClock clock;
  clock.set_clip({0.0, 0.1, 0.25, 0.3}, 0.4);
  return clock;
}

TEST(PlaybackClock, ShowsTheLastFrameWhoseStampHasPassed) {
  PlaybackClock clock = uneven();
  clock.seek(0.24);
  EXPECT_EQ(clock.frame(), 1U);
  clock.seek(0.25);
  EXPECT_EQ(clock.frame(), 2U);
}

TEST(PlaybackClock, RunsBySecondsTimesSpeed) {
  PlaybackClock clock = uneven();
  clock.set_speed(0.5);
  clock.play();
  EXPECT_TRUE(clock.advance(0.2));
  EXPECT_DOUBLE_EQ(clock.time(), 0.1);
}

TEST(PlaybackClock, StandsStillWhilePaused) {
  PlaybackClock clock = uneven();
  EXPECT_FALSE(clock.advance(1.0));
  EXPECT_DOUBLE_EQ(clock.time(), 0.0);
}

TEST(PlaybackClock, LoopsOverTheWholeDuration) {
  PlaybackClock clock = uneven();
  clock.play();
  clock.advance(0.45);
  EXPECT_NEAR(clock.time(), 0.05, 1e-12);
  EXPECT_TRUE(clock.playing());
}

TEST(PlaybackClock, StopsAtTheLastFrameWithoutALoop) {
  PlaybackClock clock = uneven();
  clock.set_loop(false);
  clock.play();
  clock.advance(5.0);
  EXPECT_DOUBLE_EQ(clock.time(), 0.3);
  EXPECT_FALSE(clock.playing());
  clock.play();  // starts over
  EXPECT_DOUBLE_EQ(clock.time(), 0.0);
}

TEST(PlaybackClock, RepeatsThePartBetweenAAndB) {
  PlaybackClock clock = uneven();
  clock.set_loop(false);
  clock.set_a(0.1);
  clock.set_b(0.3);
  clock.seek(0.1);
  clock.play();
  clock.advance(0.25);  // 0.35, 0.05 beyond B
  EXPECT_NEAR(clock.time(), 0.15, 1e-12);
  EXPECT_TRUE(clock.playing());
}

TEST(PlaybackClock, DropsAWhenBIsSetBeforeIt) {
  PlaybackClock clock = uneven();
  clock.set_a(0.3);
  clock.set_b(0.2);
  EXPECT_FALSE(clock.a().has_value());
  EXPECT_DOUBLE_EQ(clock.b().value(), 0.2);
  clock.clear_ab();
  EXPECT_FALSE(clock.b().has_value());
}

TEST(PlaybackClock, StepsToExactStampsAndStopsAtTheEnds) {
  PlaybackClock clock = uneven();
  clock.play();
  clock.seek(0.12);
  clock.step(1);
  EXPECT_FALSE(clock.playing());
  EXPECT_DOUBLE_EQ(clock.time(), 0.25);
  clock.step(10);
  EXPECT_DOUBLE_EQ(clock.time(), 0.3);
  clock.step(-10);
  EXPECT_DOUBLE_EQ(clock.time(), 0.0);
}

TEST(PlaybackClock, PlaysBackwardsAndWrapsToTheEnd) {
  PlaybackClock clock = uneven();
  clock.seek(0.1);
  clock.set_speed(-1.0);
  clock.play();
  clock.advance(0.15);  // 0.05 before the start
  EXPECT_NEAR(clock.time(), 0.35, 1e-12);
}

TEST(PlaybackClock, KeepsTheSpeedBetweenAQuarterAndFour) {
  PlaybackClock clock = uneven();
  clock.set_speed(100.0);
  EXPECT_DOUBLE_EQ(clock.speed(), 4.0);
  clock.set_speed(-0.01);
  EXPECT_DOUBLE_EQ(clock.speed(), -0.25);
}

TEST(PlaybackClock, HandlesClipsWithoutLength) {
  PlaybackClock clock;
  clock.play();
  EXPECT_FALSE(clock.playing());
  clock.step(1);
  EXPECT_EQ(clock.frame(), 0U);
  clock.set_clip({0.0}, 1.0 / 30.0);  // one frame
  clock.play();
  clock.advance(10.0);
  EXPECT_EQ(clock.frame(), 0U);
  EXPECT_LT(clock.time(), clock.duration());
}

}  // namespace
}  // namespace purlscope::app
