#include "core/skeleton/tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <optional>
#include <random>
#include <set>

#include "core/base/error.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr double kNoise = 0.02;  ///< metres, of each coordinate

/// Who walks past the camera: COCO's joints in metres, seen from the side.
struct Walker {
  double start = 0.0;  ///< x
  double speed = 1.0;  ///< metres a second, to the right
  double height = 1.75;
  double phase = 0.0;

  double x(double time) const { return start + speed * time; }

  std::vector<Vec3> pose(double time) const {
    struct Joint {
      double ahead, up, swing;  ///< fractions of the body's height; swing to and fro
    };
    static constexpr std::array<Joint, 17> kJoints = {{{0.06, 0.92, 0},
                                                       {0.05, 0.94, 0},
                                                       {0.04, 0.94, 0},
                                                       {0.01, 0.93, 0},
                                                       {-0.01, 0.93, 0},
                                                       {0.02, 0.81, 0},
                                                       {-0.02, 0.81, 0},
                                                       {0, 0.64, 0.06},
                                                       {0, 0.64, -0.06},
                                                       {0.03, 0.5, 0.14},
                                                       {0.03, 0.5, -0.14},
                                                       {0.01, 0.52, 0},
                                                       {-0.01, 0.52, 0},
                                                       {0, 0.28, -0.09},
                                                       {0, 0.28, 0.09},
                                                       {-0.02, 0.05, -0.17},
                                                       {-0.02, 0.05, 0.17}}};
    const double facing = speed < 0.0 ? -1.0 : 1.0;
    const double stride = std::sin(2.0 * std::numbers::pi * ((0.5 + 0.3 * std::abs(speed)) * time + phase));
    std::vector<Vec3> joints;
    for (const Joint& joint : kJoints) {
      joints.push_back({static_cast<float>(x(time) + height * (facing * joint.ahead + stride * joint.swing)),
                        static_cast<float>(height * joint.up), 0.0F});
    }
    return joints;
  }
};

/// A detection that owns what it shows.
struct Seen {
  std::vector<Vec3> joints;
  std::vector<JointState> state;
  std::string sensor_id;
  std::size_t who = 0;
};

Seen see(const Walker& walker, double time, std::mt19937& random, double dropout = 0.0) {
  std::normal_distribution<double> noise(0.0, kNoise);
  std::uniform_real_distribution<double> chance(0.0, 1.0);
  Seen seen{walker.pose(time), std::vector<JointState>(17, JointState::given), {}, 0};
  for (std::size_t j = 0; j < seen.joints.size(); ++j) {
    for (std::size_t axis = 0; axis < 2; ++axis) seen.joints[j][axis] += static_cast<float>(noise(random));
    if (chance(random) < dropout) seen.state[j] = JointState::missing;
  }
  return seen;
}

/// A tracker and who got which id.
class Follow {
 public:
  Follow() : tracker_(*joint_layout("coco17")) {}

  void step(double time, const std::vector<Seen>& people, float unit = 1.0F) {
    std::vector<std::vector<Vec3>> joints;
    std::vector<Detection> detections;
    for (const Seen& seen : people) {
      joints.push_back(seen.joints);
      for (Vec3& joint : joints.back()) {
        for (float& value : joint) value *= unit;
      }
    }
    for (std::size_t i = 0; i < people.size(); ++i)
      detections.push_back({joints[i], people[i].state, people[i].sensor_id});
    const auto ids = tracker_.step(time, detections);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (const auto last = id_of.find(people[i].who); last != id_of.end() && last->second != ids[i]) ++switches;
      id_of[people[i].who] = ids[i];
      all.insert(ids[i]);
    }
  }

  std::map<std::size_t, std::uint64_t> id_of;  ///< the last one
  std::set<std::uint64_t> all;
  int switches = 0;

 private:
  Tracker tracker_;
};

struct Crossing {
  double speed = 1.0;  ///< of each, towards each other
  double fps = 30.0;
  double hidden = 0.0;   ///< closer than this the one behind is not detected, metres
  double missed = 0.0;   ///< share of detections that fail
  double dropout = 0.0;  ///< share of joints that fail
  bool swap_sensor_ids = false;
  float unit = 1.0F;
};

/// Two people of nearly the same height walk past each other. Calls `step(time, people)` for each frame.
void cross(const Crossing& how, unsigned seed, const auto& step) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> chance(0.0, 1.0);
  const Walker left{-2.0, how.speed, 1.75, chance(random)};
  const Walker right{2.0, -how.speed, 1.70, chance(random)};
  const double duration = 4.0 / how.speed;
  for (int frame = 0; frame < static_cast<int>(duration * how.fps); ++frame) {
    const double time = frame / how.fps;
    const bool apart = std::abs(left.x(time) - right.x(time)) >= how.hidden;
    std::vector<Seen> people;
    for (const std::size_t who : {0U, 1U}) {
      Seen seen = see(who == 0 ? left : right, time, random, how.dropout);
      seen.who = who;
      const bool swapped = how.swap_sensor_ids && (frame / 7) % 2 == 1;
      if (how.swap_sensor_ids) seen.sensor_id.assign(1, (who == 0) != swapped ? 'a' : 'b');
      if ((who == 1 && !apart) || chance(random) < how.missed) continue;
      people.push_back(std::move(seen));
    }
    if (frame % 2 == 1) std::reverse(people.begin(), people.end());
    step(time, people);
  }
}

/// How often someone's id changes.
int switches_of(const Crossing& how, unsigned seed) {
  Follow follow;
  cross(how, seed, [&](double time, const std::vector<Seen>& people) { follow.step(time, people, how.unit); });
  return follow.switches;
}

constexpr unsigned kSeeds = 20;

int switches_of_many(const Crossing& how) {
  int sum = 0;
  for (unsigned seed = 1; seed <= kSeeds; ++seed) sum += switches_of(how, seed);
  return sum;
}

double middle_of(const Seen& seen) {
  double sum = 0.0;
  double count = 0.0;
  for (std::size_t j = 0; j < seen.joints.size(); ++j) {
    if (seen.state[j] == JointState::missing) continue;
    sum += seen.joints[j][0];
    count += 1.0;
  }
  return sum / count;
}

/// The same for the simplest way that remembers: each detection in turn takes the nearest of the last places.
int switches_of_nearest(const Crossing& how, unsigned seed) {
  std::map<std::uint64_t, double> places;
  std::map<std::size_t, std::uint64_t> id_of;
  int switches = 0;
  cross(how, seed, [&](double, const std::vector<Seen>& people) {
    std::set<std::uint64_t> taken;
    for (const Seen& seen : people) {
      std::uint64_t nearest = 0;
      for (const auto& [id, place] : places) {
        const double distance = std::abs(place - middle_of(seen));
        if (taken.contains(id) || distance > 1.0) continue;
        if (nearest == 0 || distance < std::abs(places[nearest] - middle_of(seen))) nearest = id;
      }
      if (nearest == 0) nearest = places.size() + 1;
      taken.insert(nearest);
      places[nearest] = middle_of(seen);
      if (id_of.contains(seen.who) && id_of[seen.who] != nearest) ++switches;
      id_of[seen.who] = nearest;
    }
  });
  return switches;
}

class CrossingAt : public testing::TestWithParam<std::tuple<double, double>> {
 protected:
  Crossing how_{std::get<0>(GetParam()), std::get<1>(GetParam())};
};

TEST_P(CrossingAt, KeepsIdsInTheOpen) { EXPECT_EQ(switches_of_many(how_), 0); }

TEST_P(CrossingAt, KeepsIdsWhenOneHidesTheOther) {
  how_.hidden = std::min(0.35, 0.9 * how_.speed);  // at most 0.9 s
  EXPECT_EQ(switches_of_many(how_), 0);
}

TEST_P(CrossingAt, KeepsIdsWithFailedDetectionsAndJoints) {
  how_.missed = 0.15;
  how_.dropout = 0.2;
  EXPECT_LE(switches_of_many(how_), 2) << "more than one exchange in " << kSeeds << " crossings";
}

TEST_P(CrossingAt, KeepsIdsThoughTheSensorSwapsIts) {
  how_.swap_sensor_ids = true;
  EXPECT_EQ(switches_of_many(how_), 0);
}

TEST_P(CrossingAt, CountsTheSameInPixelsMetresAndImageWidths) {
  how_.missed = 0.3;
  for (const float unit : {640.0F, 1.0F / 1024.0F}) {
    Crossing scaled = how_;
    scaled.unit = unit;
    for (unsigned seed = 1; seed <= 5; ++seed) EXPECT_EQ(switches_of(scaled, seed), switches_of(how_, seed));
  }
}

INSTANTIATE_TEST_SUITE_P(Speeds, CrossingAt,
                         testing::Combine(testing::Values(0.5, 1.0, 1.5, 3.0), testing::Values(10.0, 15.0, 30.0)));

TEST(Tracker, SwitchesFarLessThanTheNearestPlace) {
  int switches = 0;
  int nearest = 0;
  int runs = 0;
  for (const double speed : {0.5, 1.0, 1.5, 3.0}) {
    for (const double fps : {10.0, 15.0, 30.0}) {
      Crossing how{speed, fps};
      how.hidden = 0.2;
      how.missed = 0.15;
      how.dropout = 0.2;
      for (unsigned seed = 100; seed < 100 + kSeeds; ++seed) {
        switches += switches_of(how, seed);
        nearest += switches_of_nearest(how, seed);
        ++runs;
      }
    }
  }
  RecordProperty("crossings", runs);
  RecordProperty("switches", switches);
  RecordProperty("switches_of_nearest", nearest);
  EXPECT_LE(switches, runs / 10);
  EXPECT_LT(10 * switches, nearest);
}

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
