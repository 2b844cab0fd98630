#include "render/scene.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "render/pose.h"
#include "tests/render/figure.h"
#include "tests/render/projecting.h"

namespace purlscope::render {
namespace {

using testing::ElementsAre;
using testing::FloatNear;

constexpr std::size_t kJoints = 20;
constexpr std::size_t kRightHand = 11;

/// The throwing person for `frames` frames at 10 fps, moving 0.1 m a frame along x.
core::Clip moving_clip(std::size_t frames) {
  core::Clip clip;
  clip.layout = core::joint_layout("kinect20");
  clip.frames = frames;
  clip.fps = 10.0;
  core::Person person;
  person.id = "1";
  for (std::size_t t = 0; t < frames; ++t) {
    clip.times.push_back(0.1 * static_cast<double>(t));
    for (const glm::vec3& joint : test::throwing_pose()) {
      person.joints.push_back({joint.x + 0.1F * static_cast<float>(t), joint.y, joint.z});
      person.state.push_back(core::JointState::given);
    }
  }
  clip.persons.push_back(person);
  return clip;
}

/// Two overlapping time nodes, 0 to 0.5 s and 0.3 to 1 s; sentence "hands" weighs the right hand 0.2 and 0.3.
core::Recognition hand_recognition() {
  core::Recognition recognition;
  recognition.layout = core::joint_layout("kinect20");
  recognition.spans = {{0.0, 0.5}, {0.3, 1.0}};
  recognition.labels.push_back({"throw", 1.0F, 1.0F, {}, 0.0F});
  core::LabelAttention attention{core::NdArray({8, 2, kJoints}), core::NdArray({8, 2, kJoints})};
  attention.attention.at(1, 0, kRightHand) = 0.2F;
  attention.attention.at(1, 1, kRightHand) = 0.3F;
  attention.contribution.at(1, 0, kRightHand) = -0.4F;
  attention.contribution.at(1, 1, 0) = 0.1F;
  recognition.attention.push_back(attention);
  return recognition;
}

SceneOptions hands_of_throw() {
  SceneOptions options;
  options.label = 0;
  options.sentence = 1;
  return options;
}

TEST(AttentionAt, AddsTheTimeNodesThatCoverTheMoment) {
  const core::Recognition recognition = hand_recognition();
  const auto hand = [&](double seconds) { return attention_at(recognition, 0, 1, seconds, false)[kRightHand]; };
  EXPECT_FLOAT_EQ(hand(0.1), 0.2F);
  EXPECT_FLOAT_EQ(hand(0.4), 0.5F);
  EXPECT_FLOAT_EQ(hand(0.5), 0.3F);
  EXPECT_FLOAT_EQ(hand(1.0), 0.3F) << "the end belongs to the last node";
  EXPECT_TRUE(std::isnan(hand(1.2))) << "the model saw nothing there";
  EXPECT_FLOAT_EQ(attention_at(recognition, 0, 1, 0.1, true)[kRightHand], -0.4F);
}

TEST(AttentionAt, RefusesWhatDoesNotFit) {
  core::Recognition recognition = hand_recognition();
  const auto code_of = [&](std::size_t label) {
    try {
      attention_at(recognition, label, 1, 0.1, false);
    } catch (const Error& error) {
      return error.code();
    }
    return Code::internal;
  };
  EXPECT_EQ(code_of(1), Code::bad_argument);
  recognition.spans.pop_back();
  EXPECT_EQ(code_of(0), Code::shape_mismatch);
}

TEST(MakeScene, ColoursByTheSentenceAndStatesTheRange) {
  const core::Clip clip = moving_clip(10);
  const core::Recognition recognition = hand_recognition();
  const Scene scene = make_scene(clip, 0.1, &recognition, hands_of_throw());
  ASSERT_EQ(scene.bodies.size(), 1U);
  ASSERT_TRUE(scene.quantity);
  EXPECT_EQ(scene.quantity->title, "throw · hands");
  EXPECT_EQ(scene.quantity->unit, "attention");
  EXPECT_EQ(scene.quantity->range, "clip");
  EXPECT_FLOAT_EQ(scene.quantity->low, 0.0F);
  EXPECT_FLOAT_EQ(scene.quantity->high, 0.5F) << "the greatest value is that of the overlap";
  EXPECT_FLOAT_EQ(scene.bodies[0].value[kRightHand], 0.2F);
  EXPECT_FLOAT_EQ(scene.bodies[0].value[0], 0.0F);
}

TEST(MakeScene, TwoLabelsAreADifferenceOnABarThatIsSymmetricAboutZero) {
  const core::Clip clip = moving_clip(10);
  core::Recognition recognition = hand_recognition();
  recognition.labels.push_back({"wave", 0.0F, 0.0F, {}, 0.0F});
  core::LabelAttention other{core::NdArray({8, 2, kJoints}), core::NdArray({8, 2, kJoints})};
  other.attention.at(1, 0, 0) = 0.7F;
  other.attention.at(1, 0, kRightHand) = 0.05F;
  recognition.attention.push_back(other);
  SceneOptions options = hands_of_throw();
  options.versus = 1;
  const Scene scene = make_scene(clip, 0.1, &recognition, options);
  ASSERT_TRUE(scene.quantity);
  EXPECT_EQ(scene.quantity->title, "throw against wave · hands");
  EXPECT_EQ(scene.quantity->legend, "Above 0: more for throw. Below 0: more for wave.");
  EXPECT_FLOAT_EQ(scene.bodies[0].value[kRightHand], 0.15F);
  EXPECT_FLOAT_EQ(scene.bodies[0].value[0], -0.7F);
  EXPECT_FLOAT_EQ(scene.quantity->low, -0.7F);
  EXPECT_FLOAT_EQ(scene.quantity->high, 0.7F);
  options.versus = 7;
  EXPECT_FALSE(make_scene(clip, 0.1, &recognition, options).quantity) << "a label that was not scored";
}

TEST(MakeScene, TwoScenesBesideEachOtherShareTheBar) {
  const core::Clip clip = moving_clip(10);
  core::Recognition recognition = hand_recognition();
  Scene left = make_scene(clip, 0.1, &recognition, hands_of_throw());
  recognition.attention[0].attention.at(1, 1, kRightHand) = 0.9F;
  Scene right = make_scene(clip, 0.1, &recognition, hands_of_throw());
  share_range(left, right);
  EXPECT_FLOAT_EQ(left.quantity->high, 1.1F);
  EXPECT_FLOAT_EQ(right.quantity->high, 1.1F);
  EXPECT_EQ(left.quantity->range, "both");
}

TEST(MakeScene, RangesFollowTheChoice) {
  const core::Clip clip = moving_clip(10);
  const core::Recognition recognition = hand_recognition();
  SceneOptions options = hands_of_throw();
  options.range = SceneOptions::Range::frame;
  EXPECT_FLOAT_EQ(make_scene(clip, 0.1, &recognition, options).quantity->high, 0.2F);
  options.range = SceneOptions::Range::locked;
  options.locked_range = {0.1F, 0.9F};
  EXPECT_FLOAT_EQ(make_scene(clip, 0.1, &recognition, options).quantity->low, 0.1F);
  options.range = SceneOptions::Range::clip;
  options.contribution = true;
  const Scene signed_scene = make_scene(clip, 0.1, &recognition, options);
  EXPECT_FLOAT_EQ(signed_scene.quantity->low, -0.4F);
  EXPECT_FLOAT_EQ(signed_scene.quantity->high, 0.4F);
}

TEST(MakeScene, WithoutASentenceThereAreNoValues) {
  const core::Clip clip = moving_clip(10);
  const core::Recognition recognition = hand_recognition();
  const Scene scene = make_scene(clip, 0.1, &recognition, {});
  EXPECT_FALSE(scene.quantity);
  EXPECT_TRUE(scene.bodies.at(0).value.empty());
  EXPECT_FALSE(make_scene(clip, 0.1, nullptr, hands_of_throw()).quantity);
}

TEST(MakeScene, BringsAttentionToTheLayoutOfTheClip) {
  core::Clip clip;
  clip.layout = core::joint_layout("ntu25");
  clip.frames = 1;
  clip.times = {0.0};
  core::Person person{"1", std::vector<core::Vec3>(25, {0, 1, 2}),
                      std::vector<core::JointState>(25, core::JointState::given)};
  clip.persons.push_back(person);
  const core::Recognition recognition = hand_recognition();
  const Scene scene = make_scene(clip, 0.0, &recognition, hands_of_throw());
  const auto& value = scene.bodies.at(0).value;
  ASSERT_EQ(value.size(), 25U);
  EXPECT_FLOAT_EQ(value[static_cast<std::size_t>(clip.layout->joint("right hand"))], 0.2F);
  EXPECT_TRUE(std::isnan(value[static_cast<std::size_t>(clip.layout->joint("left thumb"))]))
      << "Kinect v1 has no thumbs: the model knows nothing of them";
}

TEST(MakeScene, TheChosenPersonComesLastAndOthersAreDimmed) {
  core::Clip clip = moving_clip(4);
  core::Person second = clip.persons[0];
  second.id = "2";
  for (core::Vec3& joint : second.joints) joint[0] += 1.0F;
  clip.persons.push_back(second);
  SceneOptions options;
  options.person = 0;
  options.ghosts = 2;
  const Scene scene = make_scene(clip, 0.3, nullptr, options);
  ASSERT_EQ(scene.bodies.size(), 4U);
  EXPECT_LT(scene.bodies[0].opacity, scene.bodies[1].opacity) << "older ghosts are fainter and come first";
  EXPECT_LT(scene.bodies[1].opacity, 1.0F);
  EXPECT_EQ(scene.bodies[2].id, "2");
  EXPECT_TRUE(scene.bodies[2].dimmed);
  EXPECT_EQ(scene.bodies[3].id, "1");
  EXPECT_FALSE(scene.bodies[3].dimmed);
}

TEST(MakeScene, AClipWithoutPersonsIsAnEmptyScene) {
  core::Clip clip;
  clip.layout = core::joint_layout("kinect20");
  EXPECT_TRUE(make_scene(clip, 0.0, nullptr, {}).bodies.empty());
}

TEST(PoseAt, IsLinearBetweenFrames) {
  const core::Clip clip = moving_clip(3);
  const Pose pose = pose_at(clip, 0, 0.15);
  EXPECT_NEAR(pose.joints[3].x, 0.01F + 0.15F, 1e-5);
  EXPECT_EQ(pose.state[3], core::JointState::given);
  EXPECT_NEAR(pose_at(clip, 0, 99.0).joints[3].x, 0.01F + 0.2F, 1e-5) << "the last frame holds";
}

TEST(PoseAt, BridgesThreeUnseenFramesButNotFour) {
  for (const std::size_t unseen : {3U, 4U}) {
    core::Clip clip = moving_clip(10);
    for (std::size_t t = 2; t < 2 + unseen; ++t) clip.persons[0].state[t * kJoints + 3] = core::JointState::missing;
    const Pose pose = pose_at(clip, 0, 0.3);
    if (unseen == 3) {
      EXPECT_EQ(pose.state[3], core::JointState::inferred);
      EXPECT_NEAR(pose.joints[3].x, 0.31F, 1e-4);
    } else {
      EXPECT_EQ(pose.state[3], core::JointState::missing);
      EXPECT_EQ(pose_at(clip, 0, 0.1).state[3], core::JointState::given) << "the seen frame itself still shows";
    }
  }
}

TEST(FloorHeight, IsTheLowestFootWithoutSingleGlitches) {
  core::Clip clip = moving_clip(100);
  EXPECT_NEAR(floor_height(clip, 0), 0.04, 1e-4);
  clip.persons[0].joints[50 * kJoints + 15][1] = -5.0F;
  EXPECT_NEAR(floor_height(clip, 0), 0.04, 1e-4);
}

TEST(DefaultCamera, ShowsTheWholeCourseFromThePersonsFront) {
  const core::Clip clip = moving_clip(10);
  const Viewport view{1280, 720, 1.0F, false};
  const Camera camera = default_camera(clip, -1, 1280.0F / 720.0F);
  for (const core::Vec3& joint : clip.persons[0].joints) {
    const glm::vec2 place = test::project(camera, view, {joint[0], joint[1], joint[2]});
    EXPECT_THAT(place.x, testing::AllOf(testing::Gt(40), testing::Lt(1240)));
    EXPECT_THAT(place.y, testing::AllOf(testing::Gt(40), testing::Lt(680)));
  }
  EXPECT_LT(camera.eye().z, 2.0F) << "the person faces -z, towards the recording camera";
}

TEST(DefaultCamera, GoesRoundToAPersonWhoIsTurnedAway) {
  core::Clip clip = moving_clip(10);
  for (core::Vec3& joint : clip.persons[0].joints) {
    joint[0] = -joint[0];  // half a turn about the vertical through z = 2.5
    joint[2] = 5.0F - joint[2];
  }
  EXPECT_GT(default_camera(clip, 0, 1.5F).eye().z, 3.0F);
}

TEST(DefaultCamera, SurvivesAnEmptyClip) {
  core::Clip clip;
  clip.layout = core::joint_layout("kinect20");
  EXPECT_TRUE(std::isfinite(default_camera(clip, -1, 1.5F).distance));
}

TEST(MakeScene, PersonsWithoutValuesHaveColoursOfTheirOwn) {
  core::Clip clip = moving_clip(10);
  core::Person second = clip.persons[0];
  second.id = "2";
  clip.persons.push_back(second);
  const Scene scene = make_scene(clip, 0.1, nullptr, {});
  ASSERT_EQ(scene.bodies.size(), 2U);
  EXPECT_GT(glm::distance(scene.bodies[0].tint, scene.bodies[1].tint), 0.2F);
  EXPECT_EQ(person_tint(-1), person_tint(0)) << "who is unknown is neutral";
}

}  // namespace
}  // namespace purlscope::render
