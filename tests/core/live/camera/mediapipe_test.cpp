#include "core/live/parser/mediapipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/live/persons/body_placer.h"
#include "tests/core/live/camera/pose_fixture.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::line_of;
using test::standing;
using test::ThrowsError;
using testing::HasSubstr;

constexpr std::size_t kNose = 0;
constexpr std::size_t kLeftShoulder = 11;
constexpr std::size_t kRightShoulder = 12;
constexpr std::size_t kLeftHip = 23;
constexpr std::size_t kLeftKnee = 25;
constexpr std::size_t kLeftAnkle = 27;
constexpr double kFrame = 1.0 / 30.0;  // seconds

TEST(MediapipeLine, HoldsWhatTheHelperFound) {
  const PoseLandmarks made = standing(400.0);
  const PoseLine line = parse_pose_line(line_of(made, 17));
  EXPECT_EQ(line.frame, 17U);
  ASSERT_TRUE(line.pose.has_value());
  EXPECT_EQ(line.pose->width, 640);
  EXPECT_EQ(line.pose->height, 480);
  EXPECT_EQ(line.pose->world, made.world);
  EXPECT_EQ(line.pose->image, made.image);
  EXPECT_EQ(line.pose->visibility, made.visibility);
}

TEST(MediapipeLine, TellsReadyNobodyAndErrorsApart) {
  EXPECT_TRUE(parse_pose_line(R"({"ready":true})").ready);
  const PoseLine nobody = parse_pose_line(R"({"frame":3,"width":4,"height":4,"world":null,"image":null})");
  EXPECT_EQ(nobody.frame, 3U);
  EXPECT_FALSE(nobody.pose.has_value());
  const PoseLine failed = parse_pose_line(R"({"frame":4,"error":"strange"})");
  EXPECT_EQ(failed.frame, 4U);
  EXPECT_EQ(failed.error, "strange");
  EXPECT_FALSE(failed.fatal);
  EXPECT_TRUE(parse_pose_line(R"({"error":"not installed","fatal":true})").fatal);
}

TEST(MediapipeLine, NamesWhatIsWrong) {
  const std::string good = line_of(standing(), 1);
  const auto with = [&](const char* key, const nlohmann::json& value) {
    nlohmann::json line = nlohmann::json::parse(good);
    line[key] = value;
    return line.dump();
  };
  nlohmann::json world = nlohmann::json::parse(good)["world"];
  world[5][1] = "high";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "no JSON object"},
      {"[1]", "no JSON object"},
      {"{}", "without \"frame\""},
      {with("frame", -1), "\"frame\" is -1"},
      {with("width", 0), "\"width\" is 0"},
      {with("height", 1e300), "\"height\" is 1e+300"},
      {with("world", {1, 2}), "\"world\" is a list of 2, expected 33"},
      {with("image", nullptr), "\"image\" is null, expected 33"},
      {with("world", world), R"("world"[5][1] is "high", expected a number)"},
      {R"({"frame":1})", "without \"world\""},
      {R"({"error":[1]})", "\"error\" is a list of 1"},
  };
  for (const auto& wrong : cases) {
    EXPECT_THAT([&] { parse_pose_line(wrong.first); }, ThrowsError(Code::bad_format, HasSubstr(wrong.second)))
        << wrong.first;
  }
}

TEST(MediapipeLine, SurvivesEveryTruncationAndFlippedByte) {
  const std::string good = line_of(standing(), 1);
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_THAT([&] { parse_pose_line(std::string_view(good).substr(0, size)); },
                ThrowsError(Code::bad_format, HasSubstr("pose helper")));
  }
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string damaged = good;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x15);
    try {
      parse_pose_line(damaged);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::bad_format);
    }
  }
}

TEST(BodyPlacer, WhoFacesTheCameraHasHerLeftAtNegativeXAndHerNoseNearer) {
  BodyPlacer placer({});
  const auto person = placer.place(standing(), 0.0);
  ASSERT_TRUE(person.has_value());
  EXPECT_EQ(person->id, "1");
  EXPECT_NEAR(person->joints[kLeftShoulder][0], -0.18, 1e-5);
  EXPECT_NEAR(person->joints[kLeftShoulder][1], 0.5, 1e-5);
  EXPECT_NEAR(person->joints[kLeftAnkle][1], -0.85, 1e-5);
  EXPECT_NEAR(person->joints[kNose][2], -0.1, 1e-5);
}

TEST(BodyPlacer, AMirroredPictureGivesTheSameBody) {
  PoseLandmarks picture = standing();
  PoseLandmarks mirrored = picture;
  const auto layout = joint_layout("mediapipe33");
  for (std::size_t j = 0; j < PoseLandmarks::kCount; ++j) {
    const auto other = static_cast<std::size_t>(layout->mirror[j]);
    mirrored.world[j] = picture.world[other];
    mirrored.world[j][0] *= -1.0F;
    mirrored.image[j] = {1.0F - picture.image[other][0], picture.image[other][1]};
  }
  picture.visibility[kLeftShoulder] = 0.6F;
  mirrored.visibility[kRightShoulder] = 0.6F;  // which MediaPipe takes for the right one
  BodyPlacer plain({});
  BodyPlacer mirror({.mirror = true, .tilt = {}});
  const auto a = plain.place(picture, 0.0);
  const auto b = mirror.place(mirrored, 0.0);
  ASSERT_TRUE(a && b);
  EXPECT_FLOAT_EQ(b->confidence[kLeftShoulder], 0.6F);
  for (std::size_t j = 0; j < PoseLandmarks::kCount; ++j) {
    for (std::size_t axis = 0; axis < 3; ++axis) EXPECT_NEAR(a->joints[j][axis], b->joints[j][axis], 1e-5) << j;
  }
}

TEST(BodyPlacer, OnlyPicturesWithShouldersHipsAndKneesCount) {
  for (const std::size_t hidden : {11, 12, 23, 24, 25, 26}) {
    PoseLandmarks pose = standing();
    pose.visibility[hidden] = 0.4F;
    EXPECT_FALSE(BodyPlacer({}).place(pose, 0.0).has_value()) << hidden;
  }
  PoseLandmarks pose = standing();
  pose.visibility[27] = 0.3F;  // a foot that the table hides
  pose.visibility[28] = 0.05F;
  const auto person = BodyPlacer({}).place(pose, 0.0);
  ASSERT_TRUE(person.has_value());
  EXPECT_EQ(person->state[26], JointState::given);
  EXPECT_EQ(person->state[27], JointState::inferred);
  EXPECT_EQ(person->state[28], JointState::missing);
}

TEST(BodyPlacer, TheRootFollowsTheHipsInThePicture) {
  BodyPlacer placer({});
  std::optional<LivePerson> person;
  for (int t = 0; t <= 30; ++t) person = placer.place(standing(320.0 + 4.0 * t), t * kFrame);  // 120 pixels, 0.6 m
  ASSERT_TRUE(person.has_value());
  EXPECT_EQ(person->id, "1");
  EXPECT_NEAR(person->joints[kLeftHip][0], -0.1 - 0.6, 1e-3);
  EXPECT_NEAR(person->joints[kLeftHip][1], 0.0, 1e-3);
  EXPECT_NEAR(person->joints[kLeftHip][2], 0.0, 1e-3);
}

TEST(BodyPlacer, ATiltedCameraIsLevelledByThoseWhoStand) {
  for (const double tilt : {-20.0, 14.0, 30.0}) {
    BodyPlacer placer({});
    std::optional<LivePerson> person;
    for (int t = 0; t < 5; ++t) person = placer.place(standing(320.0, tilt), t * kFrame);
    ASSERT_TRUE(person.has_value());
    EXPECT_NEAR(placer.tilt(), tilt, 0.01);
    EXPECT_NEAR(person->joints[kLeftShoulder][2], person->joints[kLeftAnkle][2], 1e-4);
    EXPECT_NEAR(person->joints[kLeftShoulder][1], 0.5, 1e-4);
  }
}

TEST(BodyPlacer, AStatedTiltStays) {
  BodyPlacer placer({.mirror = false, .tilt = 10.0});
  const auto person = placer.place(standing(320.0, 25.0), 0.0);
  ASSERT_TRUE(person.has_value());
  EXPECT_DOUBLE_EQ(placer.tilt(), 10.0);
  EXPECT_NEAR(person->joints[kLeftShoulder][2], -0.5 * std::sin(15.0 * std::numbers::pi / 180.0), 1e-4);
}

TEST(BodyPlacer, WhoSitsOrLiesTellsNothingOfTheTilt) {
  PoseLandmarks sitting = standing(320.0, 20.0);
  for (const std::size_t knee : {25, 26}) sitting.world[knee] = {sitting.world[knee][0], 0.05F, -0.42F};
  BodyPlacer placer({});
  ASSERT_TRUE(placer.place(sitting, 0.0).has_value());
  EXPECT_DOUBLE_EQ(placer.tilt(), 0.0);
  ASSERT_TRUE(placer.place(standing(320.0, 60.0), kFrame).has_value());
  EXPECT_DOUBLE_EQ(placer.tilt(), 0.0);
}

TEST(BodyPlacer, AJumpThatGoesBackIsLeftOut) {
  BodyPlacer placer({});
  ASSERT_TRUE(placer.place(standing(200.0), 0.0).has_value());
  EXPECT_FALSE(placer.place(standing(500.0), 1 * kFrame).has_value());  // 1.5 m in a frame
  EXPECT_FALSE(placer.place(standing(500.0), 2 * kFrame).has_value());
  const auto person = placer.place(standing(202.0), 3 * kFrame);
  ASSERT_TRUE(person.has_value());
  EXPECT_EQ(person->id, "1");
  EXPECT_NEAR(person->joints[kLeftHip][0], -0.11, 1e-3);
}

TEST(BodyPlacer, AJumpThatLastsIsAnotherPerson) {
  BodyPlacer placer({});
  ASSERT_TRUE(placer.place(standing(100.0), 0.0).has_value());
  std::optional<LivePerson> person;
  int first = 0;
  for (int t = 1; t < 30; ++t) {
    person = placer.place(standing(600.0), t * kFrame);  // 2.5 m away
    if (person && first == 0) first = t;
  }
  ASSERT_TRUE(person.has_value());
  EXPECT_EQ(person->id, "2");
  EXPECT_NEAR(person->joints[kLeftHip][0], -0.1, 1e-3);
  EXPECT_NEAR(first * kFrame, BodyPlacer::kPatience + kFrame, kFrame + 1e-6);
}

TEST(BodyPlacer, WhoComesBackToHerPlaceKeepsHerId) {
  BodyPlacer placer({});
  ASSERT_TRUE(placer.place(standing(300.0), 0.0).has_value());
  const auto person = placer.place(standing(340.0), 10.0);
  ASSERT_TRUE(person.has_value());
  EXPECT_EQ(person->id, "1");
}

TEST(BodyPlacer, ABodyWithoutSizeDoesNotCount) {
  PoseLandmarks point = standing();
  for (auto& place : point.image) place = {0.5F, 0.5F};
  EXPECT_FALSE(BodyPlacer({}).place(point, 0.0).has_value());
}

}  // namespace
}  // namespace purlscope::core
