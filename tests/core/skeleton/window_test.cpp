#include "core/skeleton/window.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A kinect20 clip in which x of every joint is `speed` m/s times the time, y the joint's number, z 3 m.
std::shared_ptr<Clip> moving(std::vector<double> times, double speed = 1.0, std::optional<double> fps = std::nullopt) {
  auto clip = std::make_shared<Clip>();
  clip->name = "moving";
  clip->layout = joint_layout("kinect20");
  clip->frames = times.size();
  clip->fps = fps;
  clip->times = std::move(times);
  Person person;
  person.id = "1";
  for (const double time : clip->times) {
    for (int j = 0; j < 20; ++j)
      person.joints.push_back({static_cast<float>(speed * time), 0.1F * static_cast<float>(j), 3.0F});
  }
  person.state.assign(person.joints.size(), JointState::given);
  clip->persons.push_back(std::move(person));
  return clip;
}

std::vector<double> even(std::size_t count, double fps) {
  std::vector<double> times(count);
  for (std::size_t t = 0; t < count; ++t) times[t] = static_cast<double>(t) / fps;
  return times;
}

void remove_person(Clip& clip, std::size_t frame, std::size_t person = 0) {
  for (std::size_t j = 0; j < 20; ++j) {
    clip.persons[person].joints[frame * 20 + j] = {};
    clip.persons[person].state[frame * 20 + j] = JointState::missing;
  }
}

TEST(Window, AtTheSourceRateTheFramesStayExactlyAsTheyAre) {
  const auto clip = moving(even(47, 30.0), 1.7, 30.0);
  const Window window = make_window(clip, {});
  EXPECT_EQ(window.frames, 47U);
  EXPECT_EQ(window.persons[0].joints, clip->persons[0].joints);
  EXPECT_EQ(window.clip, clip);
  EXPECT_EQ(window.begin, 0.0);
  EXPECT_NEAR(window.end, 47.0 / 30.0, 1e-12);
  EXPECT_THAT(window.inferred_joints, IsEmpty());
}

TEST(Window, FifteenFramesASecondBecomeThirtyByInterpolation) {
  const Window window = make_window(moving(even(10, 15.0), 3.0, 15.0), {});
  ASSERT_EQ(window.frames, 19U) << "from the first to the last frame";
  for (std::size_t i = 0; i < window.frames; ++i)
    EXPECT_NEAR(window.persons[0].joints[i * 20][0], 3.0 * static_cast<double>(i) / 30.0, 1e-5);
}

TEST(Window, UnevenTimeStampsAreFollowed) {
  const Window window = make_window(moving({0.0, 0.02, 0.09, 0.11, 0.2, 0.24, 0.3}), {});
  ASSERT_EQ(window.frames, 10U);
  for (std::size_t i = 0; i < window.frames; ++i)
    EXPECT_NEAR(window.persons[0].joints[i * 20][0], static_cast<double>(i) / 30.0, 1e-5);
}

TEST(Window, SixtyFramesASecondAreHalved) {
  const Window window = make_window(moving(even(61, 60.0), 1.0, 60.0), {});
  ASSERT_EQ(window.frames, 31U);
  EXPECT_NEAR(window.persons[0].joints[30UL * 20][0], 1.0, 1e-5);
}

TEST(Window, FramesWithoutThePersonAreLeftOutAndTimeClosesUp) {
  const auto clip = moving(even(10, 30.0), 3.0, 30.0);
  for (const std::size_t gone : {0U, 3U, 4U, 5U, 6U}) remove_person(*clip, gone);
  const Window window = make_window(clip, {});
  EXPECT_EQ(window.skipped_frames, 5U);
  ASSERT_EQ(window.frames, 5U);
  const std::vector<std::size_t> kept = {1, 2, 7, 8, 9};
  for (std::size_t i = 0; i < kept.size(); ++i)
    EXPECT_EQ(window.persons[0].joints[i * 20], clip->persons[0].joints[kept[i] * 20]);
  EXPECT_EQ(window.begin, 0.0) << "the stretch asked for";
  EXPECT_NEAR(window.end, 10.0 / 30.0, 1e-12);
  ASSERT_EQ(window.times.size(), 6U);
  for (std::size_t i = 0; i < kept.size(); ++i)
    EXPECT_NEAR(window.times[i], static_cast<double>(kept[i]) / 30.0, 1e-12);
  EXPECT_NEAR(window.times[5], 10.0 / 30.0, 1e-12);
}

TEST(Window, GapsOfAtMostThreeFramesAreInterpolatedAndMarked) {
  const auto clip = moving(even(10, 30.0), 3.0, 30.0);
  for (const std::size_t gone : {2U, 3U, 4U}) remove_person(*clip, gone);
  const Window window = make_window(clip, {});
  EXPECT_EQ(window.skipped_frames, 0U);
  ASSERT_EQ(window.frames, 10U);
  for (std::size_t t = 0; t < 10; ++t) {
    EXPECT_NEAR(window.persons[0].joints[t * 20 + 5][0], 3.0 * static_cast<double>(t) / 30.0, 1e-5) << t;
    EXPECT_EQ(window.persons[0].state[t * 20 + 5] == JointState::inferred, t >= 2 && t <= 4) << t;
  }
  EXPECT_THAT(window.warnings, ElementsAre("gaps of at most 3 frames interpolated, frames with such joints: 3"));
  EXPECT_THAT(window.inferred_joints, IsEmpty()) << "those are the joints that retargeting makes";
}

TEST(Window, AGapIsInterpolatedByTimeStampsNotByFrames) {
  const auto clip = moving({0.0, 0.03, 0.11, 0.14, 0.18, 0.21, 0.24});
  remove_person(*clip, 2);
  const Window window = make_window(clip, {});
  EXPECT_NEAR(window.persons[0].joints[3UL * 20][0], 0.1, 1e-6) << "x is the time";
}

TEST(Window, ASingleJointIsInterpolatedOverAShortGapAndStaysMissingInALongOne) {
  const auto clip = moving(even(16, 30.0), 3.0, 30.0);
  const auto lose = [&](std::size_t joint, std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t < end; ++t) {
      clip->persons[0].state[t * 20 + joint] = JointState::missing;
      clip->persons[0].joints[t * 20 + joint] = {};
    }
  };
  lose(10, 4, 7);   // three frames
  lose(11, 4, 8);   // four
  lose(7, 0, 2);    // at the beginning: nothing to interpolate from
  lose(6, 14, 16);  // at the end
  const WindowPerson person = make_window(clip, {}).persons[0];
  EXPECT_EQ(person.state[5 * 20 + 10], JointState::inferred);
  EXPECT_NEAR(person.joints[5 * 20 + 10][0], 0.5, 1e-5);
  EXPECT_NEAR(person.joints[5 * 20 + 10][1], 1.0, 1e-5);
  EXPECT_EQ(person.state[7 * 20 + 10], JointState::given);
  for (const std::size_t t : {4U, 5U, 6U, 7U}) EXPECT_EQ(person.state[t * 20 + 11], JointState::missing) << t;
  EXPECT_EQ(person.state[0 * 20 + 7], JointState::missing);
  EXPECT_EQ(person.state[15 * 20 + 6], JointState::missing);
}

TEST(Window, TimeThatTheSourceLostIsClosedUpNotInvented) {
  // 30 Hz, but for half a second between the fifth and the sixth frame.
  std::vector<double> times = even(10, 30.0);
  for (std::size_t t = 5; t < 10; ++t) times[t] += 0.5;
  const Window window = make_window(moving(times), {});
  ASSERT_EQ(window.frames, 10U);
  EXPECT_NEAR(window.persons[0].joints[5UL * 20][0], 5.0 / 30.0 + 0.5, 1e-5);
  EXPECT_NEAR(window.times[5], 5.0 / 30.0 + 0.5, 1e-9);
  times = even(10, 30.0);
  for (std::size_t t = 5; t < 10; ++t) times[t] += 3.0 / 30.0;  // three frames lost
  EXPECT_EQ(make_window(moving(times), {}).frames, 13U) << "a short gap is interpolated";
}

/// A coco18 clip of an upright body, 3 m away. `depth` metres between the left and the right side.
std::shared_ptr<Clip> planar_clip(std::size_t frames, float depth) {
  auto clip = std::make_shared<Clip>();
  clip->layout = joint_layout("coco18");
  clip->frames = frames;
  clip->times = even(frames, 30.0);
  Person person{"1", {}, std::vector<JointState>(frames * 18, JointState::given)};
  for (std::size_t t = 0; t < frames; ++t) {
    for (const std::string& joint : clip->layout->joints) {
      const float x = joint.starts_with("left") ? -0.15F : 0.15F;
      person.joints.push_back({x, joint.ends_with("hip") ? 0.0F : 0.5F, x < 0 ? 3.0F + depth : 3.0F});
    }
  }
  clip->persons.push_back(std::move(person));
  return clip;
}

TEST(Window, PlanarPosesLieInThePlaneOfTheCameraWithARemark) {
  const Window window = make_window(planar_clip(40, 0.0F), {});
  EXPECT_THAT(window.warnings, ElementsAre("2-D input: reduced accuracy"));
  for (const Vec3& joint : window.persons[0].joints) EXPECT_EQ(joint[2], 0.0F);
  const auto at = [&](const char* name) { return static_cast<std::size_t>(window.layout->joint(name)); };
  EXPECT_NEAR(window.persons[0].joints[at("left shoulder")][1], 0.5, 1e-6);
  EXPECT_EQ(window.persons[0].state[at("left knee")], JointState::given);
  EXPECT_THAT(window.inferred_joints, testing::IsSupersetOf({"hip centre", "spine", "head", "left hand", "left foot"}));
  EXPECT_THAT(window.missing_joints, IsEmpty());
}

TEST(Window, DepthInTheJointsOfAPlanarLayoutIsKept) {
  const Window window = make_window(planar_clip(4, 0.25F), {});
  EXPECT_THAT(window.warnings, IsEmpty());
  EXPECT_NEAR(window.persons[0].joints[static_cast<std::size_t>(window.layout->joint("left knee"))][2], 3.25, 1e-6);
}

TEST(Window, ARecordingWhoseJointsAreNotUnderstoodIsNamed) {
  const auto clip = moving(even(4, 30.0));
  std::vector<std::string> names(20);
  for (std::size_t j = 0; j < names.size(); ++j) names[j] = fmt::format("M{}", j);
  clip->layout = own_layout("C3D points", names, {});
  clip->path = "/recordings/cloud.c3d";
  EXPECT_THAT([&] { make_window(clip, {}); },
              ThrowsError(Code::shape_mismatch, testing::AllOf(HasSubstr("/recordings/cloud.c3d"), HasSubstr("M19"))));
}

TEST(Window, TimesOfTheClipPassWithTheFramesThatWereSeen) {
  const auto clip = moving(even(11, 30.0), 3.0, 30.0);
  for (const std::size_t gone : {0U, 3U, 4U, 5U, 6U, 10U}) remove_person(*clip, gone);
  const Window window = make_window(clip, {});  // frames 1, 2, 7, 8, 9
  ASSERT_EQ(window.frames, 5U);
  EXPECT_NEAR(window.time_at(0.0), 1.0 / 30.0, 1e-12);
  EXPECT_NEAR(window.time_at(0.2), 2.0 / 30.0, 1e-12);
  EXPECT_NEAR(window.time_at(0.1), 1.5 / 30.0, 1e-12);
  EXPECT_NEAR(window.time_at(0.4), 7.0 / 30.0, 1e-12);
  EXPECT_NEAR(window.time_at(1.0), 10.0 / 30.0, 1e-12);
}

TEST(Window, InterpolatedFramesHaveTheTimeBetweenTheirSources) {
  const auto clip = moving(even(4, 15.0), 3.0, 15.0);
  const Window window = make_window(clip, {});  // 7 frames of 30 Hz
  ASSERT_EQ(window.times.size(), 8U);
  for (std::size_t i = 0; i < 7; ++i) EXPECT_NEAR(window.times[i], static_cast<double>(i) / 30.0, 1e-7);
  EXPECT_NEAR(window.times[7], 4.0 / 15.0, 1e-12) << "the last source frame lasts 1/15 s";
}

TEST(Window, AStretchIsCutByTime) {
  WindowOptions options;
  options.begin = 0.5;
  options.end = 1.0;
  const Window window = make_window(moving(even(60, 30.0), 1.0, 30.0), options);
  EXPECT_EQ(window.frames, 15U);
  EXPECT_NEAR(window.begin, 0.5, 1e-9);
  EXPECT_NEAR(window.end, 1.0, 1e-9);
  EXPECT_NEAR(window.persons[0].joints[0][0], 0.5, 1e-6);
}

TEST(Window, TheMostEnergeticPersonIsTakenUnlessOneIsNamed) {
  const auto clip = moving(even(10, 30.0), 0.5, 30.0);
  clip->persons.push_back(moving(even(10, 30.0), 6.0, 30.0)->persons[0]);
  clip->persons.push_back(moving(even(10, 30.0), 3.0, 30.0)->persons[0]);
  clip->persons[1].id = "fast";
  clip->persons[2].id = "middle";
  EXPECT_EQ(make_window(clip, {}).persons[0].id, "fast");
  WindowOptions options;
  options.person = 0;
  options.second_person = true;
  const Window both = make_window(clip, options);
  ASSERT_EQ(both.persons.size(), 2U);
  EXPECT_EQ(both.persons[0].id, "1");
  EXPECT_EQ(both.persons[1].id, "fast");
  EXPECT_EQ(both.persons[1].joints.size(), both.frames * 20);
}

TEST(Window, AnAbsentCompanionIsMissingNotInvented) {
  const auto clip = moving(even(8, 30.0), 5.0, 30.0);
  clip->persons.push_back(moving(even(8, 30.0), 1.0, 30.0)->persons[0]);
  for (std::size_t t = 2; t < 6; ++t) remove_person(*clip, t, 1);
  WindowOptions options;
  options.second_person = true;
  const Window window = make_window(clip, options);
  ASSERT_EQ(window.persons.size(), 2U);
  EXPECT_EQ(window.persons[1].state[2UL * 20], JointState::missing);
  EXPECT_EQ(window.persons[1].state[1UL * 20], JointState::given);
}

TEST(Window, AJointThatIsNeverSeenIsNamed) {
  const auto clip = moving(even(4, 30.0));
  for (std::size_t t = 0; t < 4; ++t) clip->persons[0].state[t * 20 + 3] = JointState::missing;
  EXPECT_THAT(make_window(clip, {}).missing_joints, ElementsAre("head"));
}

TEST(Window, WhatTheSensorGuessedIsSaid) {
  const auto clip = moving(even(20, 30.0), 1.0, 30.0);
  for (std::size_t t = 0; t < 5; ++t) clip->persons[0].state[t * 20 + 10] = JointState::inferred;
  const Window window = make_window(clip, {});
  EXPECT_THAT(window.warnings, testing::ElementsAre("guessed by the sensor, share of frames: right wrist 25 %"));
  EXPECT_THAT(window.inferred_joints, IsEmpty()) << "those are the joints that retargeting makes";
}

TEST(Window, ImpossibleRequestsAreRefused) {
  const auto clip = moving(even(30, 30.0), 1.0, 30.0);
  const auto refused = [&](auto change, Code code, const char* why) {
    WindowOptions options;
    change(options);
    EXPECT_THAT([&] { make_window(clip, options); }, ThrowsError(code, HasSubstr(why)));
  };
  refused([](WindowOptions& o) { o.person = 3; }, Code::bad_argument, "no person 3; the recording has 1");
  refused([](WindowOptions& o) { o.person = -1; }, Code::bad_argument, "no person -1");
  refused([](WindowOptions& o) { o.begin = 2.0; }, Code::bad_argument, "lasts 1.000 s");
  refused(
      [](WindowOptions& o) {
        o.begin = 0.5;
        o.end = 0.4;
      },
      Code::bad_argument, "from 0.500 s to 0.400 s");
  refused([](WindowOptions& o) { o.begin = -1.0; }, Code::bad_argument, "lasts 1.000 s");
  refused([](WindowOptions& o) { o.fps = 0.0; }, Code::bad_argument, "frames per second");
  refused([](WindowOptions& o) { o.layout = "nothing"; }, Code::shape_mismatch, "kinect20 to nothing");
}

TEST(Window, NobodyIsAnErrorNotAnEmptyWindow) {
  const auto clip = moving(even(3, 30.0));
  for (std::size_t t = 0; t < 3; ++t) remove_person(*clip, t);
  EXPECT_THAT([&] { make_window(clip, {}); }, ThrowsError(Code::bad_format, HasSubstr("nobody to recognise")));
  clip->persons.clear();
  EXPECT_THAT([&] { make_window(clip, {}); }, ThrowsError(Code::bad_format, HasSubstr("nobody")));
  clip->path = "/recordings/empty.skeleton";
  EXPECT_THAT([&] { make_window(clip, {}); }, ThrowsError(Code::bad_format, HasSubstr("/recordings/empty.skeleton")));
  clip->persons = moving(even(3, 30.0))->persons;
  for (std::size_t t = 0; t < 3; ++t) remove_person(*clip, t);
  EXPECT_THAT([&] { make_window(clip, {}); }, ThrowsError(Code::bad_format, HasSubstr("/recordings/empty.skeleton")));
}

TEST(Window, AnHourLongGapDoesNotFillMemory) {
  EXPECT_THAT([] { make_window(moving({0.0, 1e9}), {}); }, ThrowsError(Code::limit, HasSubstr("shorter stretch")));
}

}  // namespace
}  // namespace purlscope::core
