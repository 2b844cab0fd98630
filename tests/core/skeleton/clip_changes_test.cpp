#include "core/skeleton/clip_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using testing::HasSubstr;

/// One person whose joint j stands at (t, j, 0) at time t.
Clip walking(const std::string& layout, std::vector<double> times) {
  Clip clip;
  clip.name = "walk";
  clip.layout = joint_layout(layout);
  clip.frames = times.size();
  Person person{"1", {}, {}};
  for (const double time : times) {
    for (std::size_t j = 0; j < clip.joint_count(); ++j) {
      person.joints.push_back({static_cast<float>(time), static_cast<float>(j), 0.0F});
      person.state.push_back(JointState::given);
    }
  }
  clip.times = std::move(times);
  clip.persons = {std::move(person)};
  return clip;
}

std::vector<double> even(std::size_t frames, double fps) {
  std::vector<double> times;
  for (std::size_t t = 0; t < frames; ++t) times.push_back(static_cast<double>(t) / fps);
  return times;
}

TEST(RetargetClip, MovesEveryFrameAndSaysWhatHasNoPlace) {
  const Clip clip = walking("ntu25", even(2, 30.0));
  std::vector<std::string> losses;
  const Clip moved = retarget_clip(clip, "kinect20", losses);
  EXPECT_EQ(moved.layout->id, "kinect20");
  ASSERT_EQ(moved.persons[0].joints.size(), 40U);
  EXPECT_EQ(moved.persons[0].joints[20 + 3][1], 3.0F) << "the head";
  EXPECT_FLOAT_EQ(moved.persons[0].joints[20 + 3][0], 1.0F / 30.0F);
  EXPECT_THAT(losses, testing::Contains(testing::AllOf(HasSubstr("layout kinect20 has no"), HasSubstr("left thumb"))));
}

TEST(RetargetClip, TheSameLayoutLosesNothing) {
  const Clip clip = walking("ntu25", even(2, 30.0));
  std::vector<std::string> losses;
  EXPECT_EQ(retarget_clip(clip, "ntu25", losses).persons[0].joints, clip.persons[0].joints);
  EXPECT_THAT(losses, testing::IsEmpty());
}

TEST(RetargetClip, TakesAFilesOwnJointsByTheirNames) {
  Clip clip = walking("kinect20", even(2, 30.0));
  const std::vector<std::string> names = {
      "Hips",         "Spine",     "Neck",      "Head",    "LeftArm",  "LeftForeArm", "LeftHand", "RightArm",
      "RightForeArm", "RightHand", "LeftUpLeg", "LeftLeg", "LeftFoot", "RightUpLeg",  "RightLeg", "RightFoot"};
  clip.layout = own_layout("a rig", names, {});
  clip.persons[0].joints.resize(2 * names.size());
  clip.persons[0].state.resize(2 * names.size());
  std::vector<std::string> losses;
  const Clip moved = retarget_clip(clip, "ntu25", losses);
  EXPECT_EQ(moved.layout->id, "ntu25");
  EXPECT_EQ(moved.persons[0].joints[static_cast<std::size_t>(moved.layout->joint("left elbow"))],
            clip.persons[0].joints[5]);
}

TEST(ResampleClip, EveryOtherFrameIsTakenAsItIs) {
  const Clip clip = walking("kinect20", even(60, 30.0));
  const Clip half = resample_clip(clip, 15.0);
  ASSERT_EQ(half.frames, 30U);
  EXPECT_EQ(half.fps, 15.0);
  for (std::size_t t = 0; t < 30; ++t) {
    EXPECT_EQ(half.persons[0].joints[t * 20 + 7], clip.persons[0].joints[2 * t * 20 + 7]);
  }
  EXPECT_DOUBLE_EQ(half.duration(), clip.duration());
}

TEST(ResampleClip, BetweenFramesJointsGoStraight) {
  const Clip clip = walking("kinect20", {0.0, 0.1, 0.3, 0.4});  // uneven
  const Clip fine = resample_clip(clip, 20.0);
  EXPECT_EQ(fine.frames, 10U) << "0.5 s: the last frame lasts 0.1 s";
  for (std::size_t t = 0; t <= 8; ++t)
    EXPECT_NEAR(fine.persons[0].joints[t * 20][0], 0.05 * static_cast<double>(t), 1e-6);
  EXPECT_NEAR(fine.persons[0].joints[std::size_t{9} * 20][0], 0.4, 1e-6) << "after the last stamp the last frame holds";
}

TEST(ResampleClip, GapsOfMoreThanThreeFramesStay) {
  const Clip clip = walking("kinect20", {0.0, 0.1, 0.2, 0.5, 0.6, 1.1, 1.2, 1.3, 1.4});
  const Clip fine = resample_clip(clip, 10.0);
  ASSERT_EQ(fine.frames, 15U);
  EXPECT_FALSE(fine.absent(0, 3)) << "three frames from 0.2 to 0.5 s are bridged";
  EXPECT_FALSE(fine.absent(0, 6));
  for (std::size_t t = 7; t <= 10; ++t) EXPECT_TRUE(fine.absent(0, t)) << t;
  EXPECT_FALSE(fine.absent(0, 11));
}

TEST(ResampleClip, AMissingNeighbourMakesNoJoint) {
  Clip clip = walking("kinect20", even(3, 10.0));
  clip.persons[0].state[20 + 4] = JointState::missing;
  clip.persons[0].joints[20 + 4] = {};
  clip.persons[0].state[5] = JointState::inferred;
  const Clip fine = resample_clip(clip, 20.0);
  EXPECT_EQ(fine.persons[0].state[0 * 20 + 4], JointState::given);
  EXPECT_EQ(fine.persons[0].state[1 * 20 + 4], JointState::missing);
  EXPECT_EQ(fine.persons[0].joints[1 * 20 + 4], Vec3{});
  EXPECT_EQ(fine.persons[0].state[4 * 20 + 4], JointState::given);
  EXPECT_EQ(fine.persons[0].state[1 * 20 + 5], JointState::inferred);
  EXPECT_EQ(fine.persons[0].state[2 * 20 + 5], JointState::given);
}

TEST(ResampleClip, ImpossibleRatesAreRefused) {
  const Clip clip = walking("kinect20", {0.0, 1e6});
  EXPECT_THAT([&] { resample_clip(clip, 0.0); }, test::ThrowsError(Code::bad_argument, HasSubstr("more than 0")));
  EXPECT_THAT([&] { resample_clip(clip, 1000.0); }, test::ThrowsError(Code::limit, HasSubstr("walk: ")));
}

TEST(KeepPerson, TakesOneOrSaysHowManyThereAre) {
  Clip clip = walking("kinect20", even(2, 30.0));
  clip.persons.push_back(clip.persons[0]);
  clip.persons[1].id = "two";
  const Clip one = keep_person(clip, 1);
  ASSERT_EQ(one.persons.size(), 1U);
  EXPECT_EQ(one.persons[0].id, "two");
  EXPECT_THAT([&] { keep_person(clip, 2); }, test::ThrowsError(Code::bad_argument, HasSubstr("2 persons")));
}

}  // namespace
}  // namespace purlscope::core
