#include "core/skeleton/tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <tuple>

#include "tests/core/skeleton/walkers.h"

namespace purlscope::core {
namespace {

using test::Follow;
using test::see;
using test::Seen;
using test::Walker;

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

}  // namespace
}  // namespace purlscope::core
