#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/formats/registry.h"
#include "tests/core/formats/planar/planar_clips.h"
#include "tests/core/formats/samples/planar_samples.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::expect_three_frames_of_the_figure;
using test::Figure;
using test::joint;
using test::near;
using test::state;
using test::TempDir;
using test::ThrowsError;
using test::with_format;
using test::with_fps;
using test::with_layout;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

TEST(OpenPose, ReadsAFolderInMetresAboutTheHipsWithYUp) {
  const TempDir folder;
  const ClipPtr clip = read_clip(test::openpose_folder(folder, {0, 1, 2}));
  expect_three_frames_of_the_figure(*clip, "body25");
  EXPECT_EQ(clip->format, "openpose");
  EXPECT_EQ(clip->name, "poses");
  EXPECT_EQ(clip->unit, "px");
  EXPECT_EQ(clip->tags.at("scale"), "0.005");
  EXPECT_EQ(clip->tags.at("origin"), "302 200");
  EXPECT_THAT(clip->fps, testing::Optional(30.0));
}

TEST(OpenPose, GivesPixelsBackThroughItsTags) {
  const TempDir folder;
  const ClipPtr clip = read_clip(test::openpose_folder(folder, {0, 1, 2}));
  const double scale = std::stod(clip->tags.at("scale"));
  const Figure figure{.layout = "body25", .shift = 4.0};
  for (std::size_t j = 0; j < clip->joint_count(); ++j) {
    const Vec3& at = clip->persons[0].joints[2 * clip->joint_count() + j];
    EXPECT_NEAR(302.0 - at[0] / scale, figure.x(j), 1e-3);
    EXPECT_NEAR(200.0 - at[1] / scale, figure.y(j), 1e-3);
  }
}

TEST(OpenPose, KeepsGapsOfTheNumbersAsAbsentFrames) {
  const TempDir folder;
  const ClipPtr clip = read_clip(test::openpose_folder(folder, {7, 8, 11}));
  ASSERT_EQ(clip->frames, 5U);
  EXPECT_EQ(clip->tags.at("first frame"), "7");
  for (const std::size_t t : {0U, 1U, 4U}) EXPECT_FALSE(clip->absent(0, t)) << t;
  for (const std::size_t t : {2U, 3U}) EXPECT_TRUE(clip->absent(0, t)) << t;
  EXPECT_THAT(clip->warnings, Contains(HasSubstr("2 of 5 frames are not in the file")));
}

TEST(OpenPose, TakesEveryFifthFrameForAFifthOfTheRate) {
  const TempDir folder;
  const auto poses = test::openpose_folder(folder, {0, 5, 10, 20});
  const ClipPtr clip = read_clip(poses, with_fps(50.0));
  EXPECT_EQ(clip->frames, 5U);
  EXPECT_THAT(clip->fps, testing::Optional(10.0));
  EXPECT_DOUBLE_EQ(clip->times[4], 0.4);
}

TEST(OpenPose, KnowsLayoutsByTheNumberOfJointsOfItsModels) {
  const TempDir folder;
  const auto file =
      folder.write("000000000012_keypoints.json", test::openpose_json({Figure{.layout = "coco18"}}, "pose_keypoints"));
  const ClipPtr clip = read_clip(file);
  EXPECT_EQ(clip->layout->id, "coco18");
  EXPECT_EQ(clip->frames, 1U);
  EXPECT_THAT(joint(*clip, 0, "neck"), near(0.0F, 0.5F));
  EXPECT_THAT([&] { read_clip(file, with_layout("body25")); }, ThrowsError(Code::shape_mismatch, HasSubstr("coco18")));
  const auto other = folder.write("1_keypoints.json", test::openpose_json({Figure{.layout = "coco17"}}));
  EXPECT_THAT([&] { read_clip(other); }, ThrowsError(Code::bad_format, HasSubstr("person 1: 51 numbers, expected 75")));
}

TEST(OpenPose, RefusesTwoModelsInOneFolder) {
  const TempDir folder;
  folder.write("p/a_1_keypoints.json", test::openpose_json({Figure{.layout = "coco18"}}));
  folder.write("p/a_2_keypoints.json", test::openpose_json({Figure{.layout = "body25"}}));
  folder.write("p/a_3_keypoints.json", test::openpose_json({}));
  EXPECT_THAT([&] { read_clip(folder.path() / "p"); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("a_2_keypoints.json"), HasSubstr("those before have 18"))));
}

TEST(OpenPose, MarksWhatTheDetectorDidNotFindOrGuessed) {
  const TempDir folder;
  const auto file =
      folder.write("0_keypoints.json", test::openpose_json({Figure{.layout = "body25", .hidden = 4, .unsure = 7}}));
  const ClipPtr clip = read_clip(file);
  EXPECT_EQ(state(*clip, 0, 4), JointState::missing);
  EXPECT_EQ(clip->persons[0].joints[4], Vec3{});
  EXPECT_EQ(state(*clip, 0, 7), JointState::inferred);
  EXPECT_EQ(state(*clip, 0, 0), JointState::given);
}

TEST(OpenPose, FollowsPersonsWhoseOrderChanges) {
  const TempDir folder;
  for (int f = 0; f < 6; ++f) {
    std::vector<Figure> people = {{.layout = "body25", .shift = 2.0 * f},
                                  {.layout = "body25", .shift = 300.0 - 2.0 * f}};
    if (f % 2 == 1) std::swap(people[0], people[1]);
    folder.write(fmt::format("p/{}_keypoints.json", f), test::openpose_json(people));
  }
  const ClipPtr clip = read_clip(folder.path() / "p");
  ASSERT_EQ(clip->persons.size(), 2U);
  for (std::size_t t = 0; t < 6; ++t) EXPECT_GT(joint(*clip, t, "neck", 0)[0], joint(*clip, t, "neck", 1)[0]) << t;
}

TEST(OpenPose, PrefersMeasuredDepth) {
  const TempDir folder;
  std::string joints;
  for (int j = 0; j < 25; ++j) {
    // Neck and hips 2 units apart, 1 unit of it in depth.
    const double up = j == 8 || j == 9 || j == 12 ? 0.0 : std::sqrt(3.0);
    joints += fmt::format("{}1.5,{},{},1", j == 0 ? "" : ",", -up, up > 0 ? 6.0 : 5.0);
  }
  const auto file =
      folder.write("0_keypoints.json",
                   R"({"version":1.2,"people":[{"pose_keypoints_2d":[],"pose_keypoints_3d":[)" + joints + "]}]}");
  const ClipPtr clip = read_clip(file);
  EXPECT_FALSE(clip->layout->planar);
  EXPECT_EQ(clip->layout->id, "body25");
  EXPECT_THAT(joint(*clip, 0, "middle hip"), near(0.0F, 0.0F, 1.25F));
  EXPECT_THAT(joint(*clip, 0, "neck"), near(0.0F, 0.4330127F, 1.5F));
  EXPECT_THAT(clip->warnings, Not(Contains(HasSubstr("2-D input"))));
}

TEST(OpenPose, WarnsOfNormalisedCoordinates) {
  const TempDir folder;
  std::string joints;
  for (int j = 0; j < 25; ++j) joints += fmt::format("{}0.5,{},0.9", j == 0 ? "" : ",", 0.1 + 0.03 * j);
  const auto file =
      folder.write("0_keypoints.json", R"({"version":1.3,"people":[{"pose_keypoints_2d":[)" + joints + "]}]}");
  const ClipPtr clip = read_clip(file);
  EXPECT_EQ(clip->unit, "image sizes");
  EXPECT_THAT(clip->warnings, Contains(HasSubstr("--keypoint_scale")));
}

TEST(OpenPose, LeavesOutALastFrameThatIsStillWritten) {
  const TempDir folder;
  const auto poses = test::openpose_folder(folder, {0, 1, 2});
  const std::string whole = test::openpose_json({Figure{.layout = "body25"}});
  folder.write("poses/video_000000000003_keypoints.json", whole.substr(0, 200));
  const ClipPtr clip = read_clip(poses);
  EXPECT_EQ(clip->frames, 3U);
  EXPECT_THAT(clip->warnings, Contains(AllOf(HasSubstr("last frame is left out"), HasSubstr("000003_keypoints.json"))));
  folder.write("poses/video_000000000001_keypoints.json", whole.substr(0, 200));
  EXPECT_THAT([&] { read_clip(poses); }, ThrowsError(Code::bad_format, AllOf(HasSubstr("000001_keypoints.json: line 1"),
                                                                             HasSubstr("ends early"))));
}

TEST(OpenPose, RefusesFoldersThatAreNotOneRecording) {
  const TempDir folder;
  const std::string frame = test::openpose_json({Figure{.layout = "body25"}});
  folder.write("two/a_1_keypoints.json", frame);
  folder.write("two/b_1_keypoints.json", frame);
  EXPECT_THAT([&] { read_clip(folder.path() / "two"); },
              ThrowsError(Code::bad_argument, HasSubstr("several recordings")));
  folder.write("twice/a_1_keypoints.json", frame);
  folder.write("twice/a_01_keypoints.json", frame);
  EXPECT_THAT([&] { read_clip(folder.path() / "twice"); },
              ThrowsError(Code::bad_format, HasSubstr("two files of frame 1")));
  folder.write("far/a_1_keypoints.json", frame);
  folder.write("far/a_900000000000_keypoints.json", frame);
  EXPECT_THAT([&] { read_clip(folder.path() / "far"); }, ThrowsError(Code::bad_format, HasSubstr("fewer gaps")));
  folder.write("nameless/_keypoints.json", frame);
  EXPECT_THAT([&] { read_clip(folder.path() / "nameless"); },
              ThrowsError(Code::bad_argument, HasSubstr("is a folder")));
  EXPECT_THAT([&] { read_clip(folder.path() / "nameless", with_format("openpose")); },
              ThrowsError(Code::bad_format, HasSubstr("no file *<frame number>_keypoints.json")));
  EXPECT_THAT([&] { read_clip(folder.path() / "two", with_format("mmpose")); },
              ThrowsError(Code::bad_argument, HasSubstr("needs a file")));
}

TEST(OpenPose, ReadsFramesWithoutPeople) {
  const TempDir folder;
  const ClipPtr clip = read_clip(folder.write("0_keypoints.json", R"({"version":1.3,"people":[]})"));
  EXPECT_EQ(clip->frames, 1U);
  EXPECT_TRUE(clip->persons.empty());
  EXPECT_THAT(clip->warnings, Contains("no person in any frame"));
}

TEST(OpenPose, ScalesByTheShouldersWhereNoTorsoIsSeen) {
  const TempDir folder;
  std::string joints;
  const Figure figure{.layout = "body25"};
  for (std::size_t j = 0; j < 25; ++j) {
    const bool low = j >= 8 && (j <= 14 || j >= 19);
    joints += fmt::format("{}{},{},{}", j == 0 ? "" : ",", figure.x(j), figure.y(j), low ? 0.0 : 0.9);
  }
  const auto file =
      folder.write("0_keypoints.json", R"({"version":1.3,"people":[{"pose_keypoints_2d":[)" + joints + "]}]}");
  const ClipPtr clip = read_clip(file);
  EXPECT_NEAR(joint(*clip, 0, "right shoulder")[0] - joint(*clip, 0, "left shoulder")[0], 0.35F, 1e-5F);
  EXPECT_THAT(clip->warnings, Contains(HasSubstr("width of the shoulders")));
}

TEST(OpenPose, StopsWhenAsked) {
  const TempDir folder;
  const auto poses = test::openpose_folder(folder, {0, 1, 2});
  std::stop_source stop;
  ReadOptions options;
  options.stop = stop.get_token();
  options.progress = [&](const Progress&) { stop.request_stop(); };
  EXPECT_THAT([&] { read_clip(poses, options); }, ThrowsError(Code::cancelled, testing::_));
}

TEST(OpenPose, KeepsTheSixtyFourPersonsSeenLongest) {
  const TempDir folder;
  for (int f = 0; f < 100; ++f) {
    std::vector<Figure> people = {{.layout = "coco18"}};
    people.push_back({.layout = "coco18", .shift = 1e5 * (f + 1)});  // someone else in each frame
    folder.write(fmt::format("p/{}_keypoints.json", f), test::openpose_json(people));
  }
  const ClipPtr clip = read_clip(folder.path() / "p");
  EXPECT_EQ(clip->persons.size(), 64U);
  EXPECT_THAT(clip->warnings, Contains(HasSubstr("101 persons found, the 64 seen longest are kept")));
}

}  // namespace
}  // namespace purlscope::core
