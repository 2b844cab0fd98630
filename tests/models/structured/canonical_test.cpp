#include "models/structured/kinematics/canonical.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "models/structured/kinematics/attributes.h"
#include "tests/models/structured/bodies.h"

namespace purlscope::models::structured {
namespace {

using test::window_of;

constexpr double kSteadying = Preparation{}.steadying;

void expect_same(const Motion& a, const Motion& b, double tolerance) {
  for (std::size_t t = 0; t < kFrames; ++t) {
    for (std::size_t j = 0; j < kJoints; ++j) {
      for (std::size_t k = 0; k < 3; ++k) {
        ASSERT_NEAR(a.at(t, j)[k], b.at(t, j)[k], tolerance) << "frame " << t << ", joint " << j << ", axis " << k;
      }
    }
  }
}

double hand_path(const core::Window& window) {
  return path_length(align_motion(window).track_from_hips(joint::left_hand));
}

TEST(CanonicalMotion, LeftHandedPeopleLookLikeRightHandedOnes) {
  const CanonicalMotion right = canonical_motion(window_of(test::raise_right_hand));
  const CanonicalMotion left = canonical_motion(window_of(test::raise_left_hand));
  EXPECT_FALSE(right.mirrored);
  EXPECT_TRUE(left.mirrored);
  expect_same(left.motion, right.motion, 1e-6);
}

TEST(CanonicalMotion, AMotionOfBothSidesStaysAsItIs) {
  for (const auto& animate :
       {test::Animate(test::squat), test::Animate(test::walk), test::Animate(test::stand_still)}) {
    const core::Window window = window_of(animate);
    const CanonicalMotion motion = canonical_motion(window);
    EXPECT_FALSE(motion.mirrored);
    expect_same(motion.motion, align_motion(steady(window, kSteadying)), 0);
  }
}

TEST(CanonicalMotion, SteadyingTakesMostOfTheSensorsNoise) {
  std::mt19937 generator(1);
  const core::Window still = window_of([&](double /*time*/, test::Pose& pose) {
    for (auto& point : pose) {
      for (float& value : point) value += 0.04F * (static_cast<float>(generator()) / 4294967296.0F - 0.5F);
    }
  });
  EXPECT_LT(hand_path(steady(still, kSteadying)), 0.25 * hand_path(still));
}

TEST(CanonicalMotion, SteadyingHardlyChangesASmoothMotion) {
  const core::Window window = window_of(test::squat, 90);
  expect_same(align_motion(steady(window, kSteadying)), align_motion(window), 0.06);  // torso lengths, 3 cm
}

TEST(CanonicalMotion, MissingJointsStayMissingAndLendNothing) {
  core::Window window = window_of(test::stand_still);
  const std::size_t gone = 10 * kJoints + joint::left_hand;
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  window.persons[0].joints[gone] = {kNaN, kNaN, kNaN};
  window.persons[0].state[gone] = core::JointState::missing;
  const core::Window out = steady(window, kSteadying);
  EXPECT_TRUE(std::isnan(out.persons[0].joints[gone][0]));
  EXPECT_EQ(out.persons[0].state[gone], core::JointState::missing);
  const core::Vec3& before = out.persons[0].joints[gone - kJoints];
  EXPECT_NEAR(before[1], 0.8F, 1e-6F);
}

TEST(CanonicalMotion, FramesFarApartDoNotMix) {
  core::Window window = window_of(test::raise_right_hand, 8);
  for (std::size_t t = 0; t <= 8; ++t) window.times[t] = static_cast<double>(t);  // one frame a second
  expect_same(align_motion(steady(window, kSteadying)), align_motion(window), 1e-6);
}

TEST(CanonicalMotion, BothStepsCanBeLeftOut) {
  const core::Window window = window_of(test::raise_left_hand);
  const CanonicalMotion motion = canonical_motion(window, {.steadying = 0, .left_leads = 0});
  EXPECT_FALSE(motion.mirrored);
  expect_same(motion.motion, align_motion(window), 0);
}

}  // namespace
}  // namespace purlscope::models::structured
