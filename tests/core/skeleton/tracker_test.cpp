#include "core/skeleton/tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <random>

#include "tests/core/skeleton/walkers.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::Follow;
using test::see;
using test::Seen;
using test::ThrowsError;
using test::Walker;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

/// One person of two is not seen from 1 s for `gap` seconds; the ids before and after.
std::pair<std::uint64_t, std::uint64_t> around_a_gap(double gap) {
  std::mt19937 random(5);
  Follow follow;
  std::uint64_t before = 0;
  for (int frame = 0; frame < 150; ++frame) {
    const double time = frame / 30.0;
    std::vector<Seen> people{see({0.0, 0.8}, time, random)};
    if (time < 1.0 || time >= 1.0 + gap) {
      people.push_back(see({3.0, 0.6, 1.6}, time, random));
      people.back().who = 1;
    }
    follow.step(time, people);
    if (time < 1.0) before = follow.id_of[1];
  }
  return {before, follow.id_of[1]};
}

TEST(Tracker, FindsAPersonAgainAfterHalfASecond) {
  const auto [before, after] = around_a_gap(0.5);
  EXPECT_EQ(before, after);
}

TEST(Tracker, TakesAPersonWhoComesBackAfterTwoSecondsForNew) {
  const auto [before, after] = around_a_gap(2.0);
  EXPECT_EQ(before, 2U);
  EXPECT_EQ(after, 3U);
}

TEST(Tracker, KeepsIdsOfTwoWhoMeetAndTurnBack) {
  std::mt19937 random(9);
  Follow follow;
  for (int frame = 0; frame < 120; ++frame) {
    const double time = frame / 30.0;
    const double walked = time < 2.0 ? time : 4.0 - time;
    std::vector<Seen> people;
    for (const std::size_t who : {0U, 1U}) {
      const double direction = who == 0 ? 1.0 : -1.0;
      Walker walker{direction * (-2.25 + walked), direction * 1e-6, who == 0 ? 1.8 : 1.65};
      people.push_back(see(walker, time, random, 0.1));
      people.back().who = who;
    }
    follow.step(time, people);
  }
  EXPECT_EQ(follow.switches, 0);
  EXPECT_EQ(follow.all.size(), 2U);
}

TEST(Tracker, GivesLateComersNewIds) {
  std::mt19937 random(7);
  Follow follow;
  for (int frame = 0; frame < 90; ++frame) {
    const double time = frame / 30.0;
    std::vector<Seen> people;
    for (std::size_t who = 0; who < 3; ++who) {
      if (time < static_cast<double>(who)) continue;
      people.push_back(see({2.0 * static_cast<double>(who), 0.3}, time, random));
      people.back().who = who;
    }
    std::reverse(people.begin(), people.end());
    follow.step(time, people);
  }
  EXPECT_THAT(follow.id_of, ElementsAre(testing::Pair(0U, 1U), testing::Pair(1U, 2U), testing::Pair(2U, 3U)));
}

TEST(Tracker, DoesNotFollowASensorIdToAnotherPlace) {
  std::mt19937 random(7);
  Tracker tracker(*joint_layout("coco17"));
  const Seen here = see({0.0, 0.0}, 0.0, random);
  const Seen there = see({5.0, 0.0}, 0.0, random);
  EXPECT_THAT(tracker.step(0.0, {{Detection{here.joints, here.state, "7"}}}), ElementsAre(1U));
  EXPECT_THAT(tracker.step(0.1, {{Detection{there.joints, there.state, "7"}}}), ElementsAre(2U));
}

TEST(Tracker, LetsTheSensorIdDecideBetweenEquals) {
  Tracker tracker(*joint_layout("coco17"));
  const std::vector<JointState> state(17, JointState::given);
  const auto left = Walker{-0.125, 1e-9}.pose(0.0);
  const auto right = Walker{0.125, 1e-9}.pose(0.0);
  const auto middle = Walker{0.0, 1e-9}.pose(0.0);
  const std::vector<Detection> both{{left, state, "a"}, {right, state, "b"}};
  EXPECT_THAT(tracker.step(0.0, both), ElementsAre(1U, 2U));
  const std::vector<Detection> one{{middle, state, "b"}};
  EXPECT_THAT(tracker.step(0.1, one), ElementsAre(2U));
}

TEST(Tracker, FollowsAtLessThanAFrameASecond) {
  std::mt19937 random(3);
  Follow follow;
  for (int frame = 0; frame < 10; ++frame) {
    Seen left = see({0.0, 0.02}, 2.0 * frame, random);
    Seen right = see({3.0, 0.02, 1.6}, 2.0 * frame, random);
    right.who = 1;
    follow.step(2.0 * frame, {left, right});
  }
  EXPECT_EQ(follow.all.size(), 2U);
}

TEST(Tracker, BearsTimeStampsThatJitter) {
  std::mt19937 random(3);
  Follow follow;
  double time = 0.0;
  for (int frame = 0; frame < 60; ++frame) {
    time = frame / 30.0 + (frame % 2 == 1 ? -0.0333 : 0.0);  // pairs of frames 33 microseconds apart
    Seen left = see({0.0, 1.0}, frame / 30.0, random);
    Seen right = see({1.0, 1.0, 1.6}, frame / 30.0, random);
    right.who = 1;
    follow.step(time, {left, right});
  }
  EXPECT_EQ(follow.switches, 0);
  EXPECT_EQ(follow.all.size(), 2U);
}

TEST(Tracker, ForgetsWhenTimeGoesBack) {
  std::mt19937 random(3);
  Tracker tracker(*joint_layout("coco17"));
  const Seen seen = see({}, 0.0, random);
  const std::vector<Detection> one{{seen.joints, seen.state, {}}};
  EXPECT_THAT(tracker.step(1.0, one), ElementsAre(1U));
  EXPECT_THAT(tracker.step(0.5, one), ElementsAre(2U));
  EXPECT_THAT(tracker.step(std::numeric_limits<double>::quiet_NaN(), one), ElementsAre(2U)) << "no time: time stands";
}

TEST(Tracker, HasNoIdForWhatIsNobody) {
  std::mt19937 random(3);
  Tracker tracker(*joint_layout("coco17"));
  Seen nothing = see({}, 0.0, random, 1.0);
  Seen two_joints = nothing;
  two_joints.state[5] = two_joints.state[6] = JointState::given;
  Seen not_finite = see({}, 0.0, random);
  for (Vec3& joint : not_finite.joints) joint[1] = std::numeric_limits<float>::quiet_NaN();
  const Seen point{std::vector<Vec3>(17, Vec3{1, 1, 1}), std::vector<JointState>(17, JointState::given), {}, 0};
  std::vector<Detection> detections;
  for (const Seen* seen : std::initializer_list<const Seen*>{&nothing, &two_joints, &not_finite, &point}) {
    detections.push_back({seen->joints, seen->state, {}});
  }
  EXPECT_THAT(tracker.step(0.0, detections), Each(0U));
  EXPECT_TRUE(tracker.step(0.1, {}).empty());
}

TEST(Tracker, RefusesOtherJoints) {
  Tracker tracker(*joint_layout("coco17"));
  const std::vector<Vec3> joints(18);
  const std::vector<JointState> state(18);
  EXPECT_THAT(
      [&] {
        tracker.step(0.0, {{Detection{joints, state, {}}}});
      },
      ThrowsError(Code::shape_mismatch, HasSubstr("18 joints")));
}

TEST(Tracker, FollowsPointsWithoutBones) {
  std::mt19937 random(3);
  Tracker tracker(*own_layout("points", std::vector<std::string>(17, "p"), {}));
  for (int frame = 0; frame < 30; ++frame) {
    const Seen left = see({0.0, 1.0}, frame / 30.0, random);
    const Seen right = see({2.0, 1.0}, frame / 30.0, random);
    const std::vector<Detection> both{{left.joints, left.state, {}}, {right.joints, right.state, {}}};
    EXPECT_THAT(tracker.step(frame / 30.0, both), ElementsAre(1U, 2U));
  }
}

TEST(Tracker, BoundsACrowd) {
  std::mt19937 random(3);
  std::vector<Seen> crowd;
  for (int i = 0; i < 1000; ++i) crowd.push_back(see({1.0 * i, 0.5}, 0.0, random));
  std::vector<Detection> detections;
  for (const Seen& seen : crowd) detections.push_back({seen.joints, seen.state, {}});
  Tracker tracker(*joint_layout("coco17"));
  const auto begin = std::chrono::steady_clock::now();
  std::size_t followed = 0;
  for (int frame = 0; frame < 10; ++frame) {
    const auto ids = tracker.step(frame / 30.0, detections);
    followed = ids.size() - static_cast<std::size_t>(std::count(ids.begin(), ids.end(), 0U));
    EXPECT_EQ(followed, Tracker::kMostDetections);
  }
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(tracker.left_out(), 10 * (1000 - Tracker::kMostDetections));
  RecordProperty("milliseconds_per_frame", std::to_string(spent.count() / 10));
}

TEST(Tracker, ForgetsTheLongestUnseenOfTooMany) {
  std::mt19937 random(3);
  Tracker tracker(*joint_layout("coco17"));
  std::uint64_t last = 0;
  for (int frame = 0; frame < 40; ++frame) {
    std::vector<Seen> people;
    for (int i = 0; i < 100; ++i) people.push_back(see({1000.0 * frame + 3.0 * i, 0.0}, 0.0, random));
    std::vector<Detection> detections;
    for (const Seen& seen : people) detections.push_back({seen.joints, seen.state, {}});
    for (const auto id : tracker.step(frame / 100.0, detections)) EXPECT_EQ(id, ++last);
  }
}

}  // namespace
}  // namespace purlscope::core
