#include "core/base/clip.h"

#include <gtest/gtest.h>

namespace purlscope::core {
namespace {

Clip clip_of(std::vector<double> times, std::size_t persons) {
  Clip clip;
  clip.layout = joint_layout("kinect20");
  clip.frames = times.size();
  clip.times = std::move(times);
  for (std::size_t p = 0; p < persons; ++p) {
    clip.persons.push_back({std::to_string(p), std::vector<Vec3>(clip.frames * 20),
                            std::vector<JointState>(clip.frames * 20, JointState::given)});
  }
  return clip;
}

TEST(Clip, RateIsTheNominalOneElseTheMedianOfTheStampsElseThirty) {
  Clip clip = clip_of({0.0, 0.04, 0.08, 0.5, 0.54}, 0);
  EXPECT_NEAR(clip.rate(), 25.0, 1e-9) << "one long gap does not count";
  clip.fps = 15.0;
  EXPECT_EQ(clip.rate(), 15.0);
  EXPECT_EQ(clip_of({0.0}, 0).rate(), 30.0);
  EXPECT_EQ(clip_of({0.0, 0.0, 0.0}, 0).rate(), 30.0) << "stamps that stand still say nothing";
}

TEST(Clip, DurationIncludesTheLastFrame) {
  EXPECT_NEAR(clip_of({0.0, 0.1, 0.2}, 0).duration(), 0.3, 1e-9);
  EXPECT_EQ(clip_of({}, 0).duration(), 0.0);
}

TEST(Clip, APersonIsAbsentOnlyWhenEveryJointIsMissing) {
  Clip clip = clip_of({0.0, 0.1}, 1);
  for (std::size_t j = 20; j < 40; ++j) clip.persons[0].state[j] = JointState::missing;
  EXPECT_FALSE(clip.absent(0, 0));
  EXPECT_TRUE(clip.absent(0, 1));
  clip.persons[0].state[25] = JointState::inferred;
  EXPECT_FALSE(clip.absent(0, 1));
}

/// Twenty joints at x = 0 and 2 in turn: standard deviation 1 on x, none on y and z.
TEST(Clip, EnergyIsTheSumOfStandardDeviationsOverSeenFrames) {
  Clip clip = clip_of({0.0, 0.1, 0.2}, 1);
  for (std::size_t i = 0; i < 40; ++i) clip.persons[0].joints[i] = {i % 2 == 0 ? 0.0F : 2.0F, 5.0F, -1.0F};
  for (std::size_t i = 40; i < 60; ++i) clip.persons[0].state[i] = JointState::missing;
  EXPECT_NEAR(person_energy(clip, 0), 1.0, 1e-9);
}

TEST(Clip, TheMostEnergeticPersonIsFound) {
  EXPECT_EQ(most_energetic_person(clip_of({0.0}, 0)), -1);
  Clip clip = clip_of({0.0, 0.1}, 3);
  clip.persons[1].joints[3] = {1.0F, 0.0F, 0.0F};
  clip.persons[2].joints[3] = {0.5F, 0.0F, 0.0F};
  EXPECT_EQ(most_energetic_person(clip), 1);
}

}  // namespace
}  // namespace purlscope::core
