#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/error.h"
#include "models/structured/kinematics/attributes.h"
#include "tests/models/structured/bodies.h"
#include "tests/support/throws_error.h"

namespace purlscope::models::structured {
namespace {

using test::window_of;

float attribute(const Motion& motion, const std::string& name) {
  const auto& all = attributes();
  const auto found = std::ranges::find(all, name, &Attribute::name);
  EXPECT_NE(found, all.end()) << name;
  return attribute_values(motion).at(static_cast<std::size_t>(found - all.begin()));
}

Code code_of(const core::Window& window) {
  try {
    align_motion(window);
  } catch (const Error& error) {
    return error.code();
  }
  return Code::internal;
}

TEST(StructuredKinematics, AStillBodyHasNoPathAndNoSpeed) {
  const Motion motion = align_motion(window_of(test::stand_still));
  for (const char* name : {"left hand path", "right hand path", "right ankle path", "head path", "hips rise, most",
                           "way over the floor, path", "turn, range", "right hand area drawn"}) {
    EXPECT_NEAR(attribute(motion, name), 0, 1e-6) << name;
  }
  for (const float speed : kinematic_nodes(motion).speed) EXPECT_NEAR(speed, 0, 1e-6);
}

TEST(StructuredKinematics, RaisingTheRightHandMovesTheRightHandsNodesAlone) {
  const Motion motion = align_motion(window_of(test::raise_right_hand));
  const KinematicNodes nodes = kinematic_nodes(motion);
  for (std::size_t node = 0; node < kNodes; ++node) {
    // 1 m = 2 torso lengths over 63 steps; a slot's mean counts the first frame, which has no step before it.
    const bool hand = node % kJoints == joint::right_hand;
    EXPECT_NEAR(nodes.speed[node], hand ? 2.0 / 63 : 0.0, hand ? 2e-3 : 1e-6) << "node " << node;
  }
}

TEST(StructuredKinematics, HandHeightsAreInTorsoLengthsOverTheHips) {
  const Motion motion = align_motion(window_of(test::raise_right_hand));
  EXPECT_NEAR(attribute(motion, "right hand height, lowest"), -0.4, 1e-5);  // 0.8 m against 1.0 m, torso 0.5 m
  EXPECT_NEAR(attribute(motion, "right hand height, highest"), 1.6, 1e-5);  // 1.8 m
  EXPECT_NEAR(attribute(motion, "right hand path"), 2.0, 1e-5);
  EXPECT_NEAR(attribute(motion, "left hand height, range"), 0.0, 1e-5);
  EXPECT_NEAR(attribute(motion, "right hand busier than left"), std::log(2.5 / 0.5), 1e-5);
}

TEST(StructuredKinematics, LeftAndRightAreMirrorImages) {
  const Motion right = align_motion(window_of(test::raise_right_hand));
  const Motion left = align_motion(window_of(test::raise_left_hand));
  for (const char* what : {"hand height, highest", "hand path", "hand outward, most", "hand fast share",
                           "hand to and fro", "hand peak speed", "elbow angle, mean"}) {
    EXPECT_NEAR(attribute(right, std::string("right ") + what), attribute(left, std::string("left ") + what), 1e-5)
        << what;
    EXPECT_NEAR(attribute(right, std::string("left ") + what), attribute(left, std::string("right ") + what), 1e-5)
        << what;
  }
  const KinematicNodes nodes_right = kinematic_nodes(right);
  const KinematicNodes nodes_left = kinematic_nodes(left);
  for (std::size_t node = 0; node < kNodes; ++node) {
    const std::size_t other = node / kJoints * kJoints + kMirror[node % kJoints];
    EXPECT_NEAR(nodes_right.speed[node], nodes_left.speed[other], 1e-6);
  }
}

TEST(StructuredKinematics, PlaceHeadingAndSizeOfThePersonDoNotMatter) {
  const core::Window plain = window_of(test::raise_right_hand);
  core::Window moved = plain;
  const double c = std::cos(0.9);
  const double s = std::sin(0.9);
  for (core::Vec3& p : moved.persons[0].joints) {
    const core::Vec3 q = p;
    p = {static_cast<float>(1.3 * (c * q[0] + s * q[2]) + 2), 1.3F * q[1] + 0.4F,
         static_cast<float>(1.3 * (c * q[2] - s * q[0]) + 3)};
  }
  const std::vector<float> a = attribute_values(align_motion(plain));
  const std::vector<float> b = attribute_values(align_motion(moved));
  for (std::size_t i = 0; i < kAttributes; ++i) EXPECT_NEAR(a[i], b[i], 1e-3) << attributes()[i].name;
}

TEST(StructuredKinematics, WalkingTravelsAndSquattingBendsTheKnees) {
  const Motion still = align_motion(window_of(test::stand_still));
  const Motion walk = align_motion(window_of(test::walk));
  const Motion squat = align_motion(window_of(test::squat));
  EXPECT_NEAR(attribute(walk, "way over the floor, end"), 4.0, 1e-4);  // 2 m
  EXPECT_NEAR(attribute(squat, "way over the floor, end"), 0.0, 1e-4);
  EXPECT_LT(attribute(squat, "left knee angle, least"), attribute(still, "left knee angle, least") - 0.5);
  EXPECT_NEAR(attribute(squat, "hips rise, least"), -0.8, 1e-2);  // 0.4 m
}

TEST(StructuredKinematics, AJointLostForAWhileIsInterpolated) {
  const core::Window whole = window_of(test::raise_right_hand);
  core::Window gaps = whole;
  for (std::size_t t = 20; t < 30; ++t) {
    gaps.persons[0].joints[t * kJoints + joint::right_hand] = {};
    gaps.persons[0].state[t * kJoints + joint::right_hand] = core::JointState::missing;
  }
  const Motion motion = align_motion(gaps);
  const Motion expected = align_motion(whole);
  for (std::size_t t = 0; t < kFrames; ++t) {
    EXPECT_NEAR(motion.at(t, joint::right_hand)[1], expected.at(t, joint::right_hand)[1], 1e-5);
  }
}

TEST(StructuredKinematics, AJointNeverSeenLiesOnItsParent) {
  core::Window window = window_of(test::stand_still);
  for (std::size_t t = 0; t < window.frames; ++t) {
    window.persons[0].joints[t * kJoints + joint::left_foot] = {std::numeric_limits<float>::quiet_NaN(), 0, 0};
  }
  const Motion motion = align_motion(window);
  EXPECT_EQ(motion.at(0, joint::left_foot), motion.at(0, joint::left_ankle));
}

TEST(StructuredKinematics, ImpossibleWindowsAreRefused) {
  EXPECT_EQ(code_of(window_of(test::stand_still, 3)), Code::bad_format);
  core::Window timeless = window_of(test::stand_still);
  timeless.times.clear();
  EXPECT_EQ(code_of(timeless), Code::shape_mismatch);
  core::Window nobody = window_of(test::stand_still);
  nobody.persons.clear();
  EXPECT_EQ(code_of(nobody), Code::bad_format);
  core::Window unseen = window_of(test::stand_still);
  unseen.persons[0].state.assign(unseen.persons[0].state.size(), core::JointState::missing);
  EXPECT_EQ(code_of(unseen), Code::bad_format);
  core::Window other = window_of(test::stand_still);
  other.layout = core::joint_layout("ntu25");
  EXPECT_EQ(code_of(other), Code::shape_mismatch);
}

TEST(StructuredKinematics, ATooShortRecordingIsNamed) {
  auto clip = std::make_shared<core::Clip>();
  clip->path = "/recordings/one.skeleton";
  core::Window window = window_of(test::stand_still, 2);
  window.clip = clip;
  EXPECT_THAT([&] { align_motion(window); },
              test::ThrowsError(Code::bad_format, testing::AllOf(testing::HasSubstr("/recordings/one.skeleton"),
                                                                 testing::HasSubstr("2 frames"))));
}

TEST(StructuredKinematics, EveryAttributeHasAHome) {
  ASSERT_EQ(attributes().size(), kAttributes);
  for (const Attribute& each : attributes()) {
    EXPECT_FALSE(each.joints.empty()) << each.name;
    EXPECT_LT(each.slot, kSlots) << each.name;
  }
}

}  // namespace
}  // namespace purlscope::models::structured
