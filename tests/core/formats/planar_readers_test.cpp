#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/formats/readers/planar/planar_clip.h"
#include "core/formats/registry.h"
#include "tests/core/formats/planar_samples.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::Figure;
using test::TempDir;
using test::ThrowsError;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::FloatNear;
using testing::HasSubstr;
using testing::Not;

ReadOptions with_fps(double fps) {
  ReadOptions options;
  options.fps = fps;
  return options;
}

ReadOptions with_layout(const std::string& layout) {
  ReadOptions options;
  options.layout = layout;
  return options;
}

ReadOptions with_format(const std::string& format) {
  ReadOptions options;
  options.format = format;
  return options;
}

const Vec3& joint(const Clip& clip, std::size_t frame, std::string_view name, std::size_t person = 0) {
  const auto j = static_cast<std::size_t>(clip.layout->joint(name));
  return clip.persons.at(person).joints.at(frame * clip.joint_count() + j);
}

JointState state(const Clip& clip, std::size_t frame, std::size_t j, std::size_t person = 0) {
  return clip.persons.at(person).state.at(frame * clip.joint_count() + j);
}

auto near(float x, float y, float z = 0.0F) {
  return ElementsAre(FloatNear(x, 1e-5F), FloatNear(y, 1e-5F), FloatNear(z, 1e-5F));
}

/// The figure moves 2 pixels a frame and its torso is 100 pixels long, so of three frames the second is in the middle.
void expect_three_frames_of_the_figure(const Clip& clip, const std::string& layout) {
  EXPECT_EQ(clip.layout->id, layout);
  EXPECT_TRUE(clip.layout->planar);
  ASSERT_EQ(clip.frames, 3U);
  ASSERT_EQ(clip.persons.size(), 1U);
  EXPECT_THAT(clip.times, ElementsAre(0.0, testing::DoubleNear(1 / 30.0, 1e-9), testing::DoubleNear(2 / 30.0, 1e-9)));
  EXPECT_THAT(clip.warnings, Contains("2-D input: reduced accuracy"));
  // Facing the camera, the person's left is on the right of the image, which is negative x.
  EXPECT_THAT(joint(clip, 1, "left shoulder"), near(-0.1F, 0.5F));
  EXPECT_THAT(joint(clip, 1, "right hip"), near(0.05F, 0.0F));
  EXPECT_THAT(joint(clip, 0, "left shoulder"), near(-0.09F, 0.5F));
}

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

TEST(CocoKeypoints, ReadsResultsOfAVideo) {
  const TempDir folder;
  const auto file =
      folder.write("alphapose-results.json", test::coco_results_json({{R"("10.jpg")", {.shift = 4.0}},
                                                                      {R"("8.jpg")", {.shift = 0.0, .unsure = 3}},
                                                                      {R"("9.jpg")", {.shift = 2.0, .id = "4"}}}));
  const ClipPtr clip = read_clip(file);
  expect_three_frames_of_the_figure(*clip, "coco17");
  EXPECT_EQ(clip->format, "coco-keypoints");
  EXPECT_EQ(clip->tags.at("first frame"), "8");
  EXPECT_EQ(state(*clip, 0, 3), JointState::inferred);
}

TEST(CocoKeypoints, CountsPhotosAsFramesInOrder) {
  const TempDir folder;
  const auto file = folder.write(
      "person_keypoints.json",
      test::coco_results_json({{"581781", {.shift = 4.0}}, {"139", {.shift = 0.0}}, {"285", {.shift = 2.0}}}));
  const ClipPtr clip = read_clip(file);
  expect_three_frames_of_the_figure(*clip, "coco17");
  EXPECT_THAT(clip->warnings, Contains(HasSubstr("no video's")));
}

TEST(CocoKeypoints, ReadsAnnotationsWithVisibility) {
  const TempDir folder;
  Figure covered{.shift = 0.0, .score = 2.0, .hidden = 9};
  std::string text = test::coco_annotations_json(
      {{"5", "f_10.png"}, {"6", "f_9.png"}, {"7", "f_11.png"}},
      {{"5", {.shift = 2.0, .score = 2.0}}, {"7", {.shift = 4.0, .score = 1.0}}, {"6", covered}});
  const ClipPtr clip = read_clip(folder.write("annotations.json", text));
  ASSERT_EQ(clip->frames, 3U);
  ASSERT_EQ(clip->persons.size(), 1U);
  EXPECT_EQ(state(*clip, 0, 9), JointState::missing);
  EXPECT_EQ(state(*clip, 0, 8), JointState::given);
  EXPECT_EQ(state(*clip, 2, 8), JointState::inferred) << "labelled but covered";
  EXPECT_THAT(joint(*clip, 1, "left shoulder"), near(-0.1F, 0.5F)) << "covered joints set no scale";
}

TEST(CocoKeypoints, FramesWithoutPersonsStay) {
  const TempDir folder;
  const auto file = folder.write("a.json", test::coco_annotations_json({{"1", "1.png"}, {"2", "2.png"}, {"3", "3.png"}},
                                                                       {{"1", {.score = 2.0}}, {"3", {.score = 2.0}}}));
  const ClipPtr clip = read_clip(file);
  EXPECT_EQ(clip->frames, 3U);
  EXPECT_TRUE(clip->absent(0, 1));
}

TEST(CocoKeypoints, TakesTheFirstSeventeenOfHalpe) {
  const TempDir folder;
  std::string joints;
  const Figure figure;
  for (std::size_t j = 0; j < 26; ++j) {
    joints += fmt::format("{}{},{},0.9", j == 0 ? "" : ",", j < 17 ? figure.x(j) : 1.0, j < 17 ? figure.y(j) : 1.0);
  }
  const auto file = folder.write("a.json", R"([{"image_id":"0.jpg","keypoints":[)" + joints + "]}]");
  const ClipPtr clip = read_clip(file);
  EXPECT_THAT(joint(*clip, 0, "left shoulder"), near(-0.1F, 0.5F));
  EXPECT_THAT(clip->warnings, Contains(HasSubstr("9 of the 26 keypoints")));
}

TEST(CocoKeypoints, AsksForTheLayoutOfOtherNumbers) {
  const TempDir folder;
  const auto file = folder.write("a.json", test::coco_results_json({{"1", {.layout = "coco18"}}}));
  EXPECT_THAT([&] { read_clip(file); },
              ThrowsError(Code::shape_mismatch, HasSubstr("18 keypoints a person, expected 17")));
  EXPECT_EQ(read_clip(file, with_layout("coco18"))->layout->id, "coco18");
}

TEST(CocoKeypoints, TakesAnAskedLayoutOfADepthSensorAsPlanar) {
  const TempDir folder;
  const auto file = folder.write("a.json", test::coco_results_json({{"1", {.layout = "mediapipe33"}}}));
  const ClipPtr clip = read_clip(file, with_layout("mediapipe33"));
  EXPECT_EQ(clip->layout->id, "mediapipe33");
  EXPECT_TRUE(clip->layout->planar);
}

TEST(CocoKeypoints, CountsImagesOfOtherNamesInTheirOrder) {
  const TempDir folder;
  const auto file = folder.write(
      "a.json",
      test::coco_results_json({{R"("b")", {.shift = 2.0}}, {R"("c")", {.shift = 4.0}}, {R"("a")", {.shift = 0.0}}}));
  const ClipPtr clip = read_clip(file);
  expect_three_frames_of_the_figure(*clip, "coco17");
  EXPECT_THAT(clip->warnings, Contains(HasSubstr("differ in more than one number ('a')")));
}

TEST(CocoKeypoints, RefusesAnimals) {
  const TempDir folder;
  const auto file = folder.write("a.json", R"({"images":[],"annotations":[],"categories":[{"name":"cat",
      "keypoints":["nose","left_ear","tail"]}]})");
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::unsupported, HasSubstr("no keypoint named 'left shoulder'")));
}

TEST(KeypointMap, FindsJointsByNameInAnyOrder) {
  Warnings warnings;
  std::vector<std::string> names = {"tail"};
  const auto layout = joint_layout("coco17");
  for (auto name = layout->joints.rbegin(); name != layout->joints.rend(); ++name) names.push_back(*name);
  names[3] = "Left_Knee";
  std::swap(names[3], names[4]);
  names[3] = "right_knee";
  const KeypointMap map = map_by_names("a.json", names, warnings);
  EXPECT_EQ(map.keypoint[0], 17);
  EXPECT_EQ(map.keypoint[static_cast<std::size_t>(layout->joint("left knee"))], 4);
  EXPECT_EQ(map.keypoint[static_cast<std::size_t>(layout->joint("right knee"))], 3);
  EXPECT_THAT(warnings.take(), ElementsAre(HasSubstr("1 of the 18 keypoints")));
}

TEST(MmPose, ReadsTheDemosPredictions) {
  const TempDir folder;
  const ClipPtr clip = read_clip(folder.write("results.json", test::mmpose_json(3)));
  expect_three_frames_of_the_figure(*clip, "coco17");
  EXPECT_EQ(clip->format, "mmpose");
}

TEST(MmPose, ReadsTheInferencersForms) {
  const TempDir folder;
  const auto person = [](double shift) { return test::mmpose_instances({Figure{.shift = shift}}); };
  const std::string video = fmt::format(
      R"([{{"frame_id":0,"instances":[{}]}},{{"frame_id":1,"instances":[{}]}},{{"frame_id":2,"instances":[{}]}}])",
      person(0), person(2), person(4));
  expect_three_frames_of_the_figure(*read_clip(folder.write("video.json", video)), "coco17");
  const std::string calls =
      fmt::format(R"({{"visualization":[],"predictions":[[{}],[{}],[{}]]}})", person(0), person(2), person(4));
  expect_three_frames_of_the_figure(*read_clip(folder.write("calls.json", calls)), "coco17");
  const ClipPtr image = read_clip(folder.write("image.json", fmt::format("[{},{}]", person(0), person(200))));
  EXPECT_EQ(image->frames, 1U);
  EXPECT_EQ(image->persons.size(), 2U);
}

TEST(MmPose, ReadsScoresBesideThePositions) {
  const TempDir folder;
  std::string joints;
  const Figure figure;
  for (std::size_t j = 0; j < 17; ++j)
    joints += fmt::format("{}[{},{},{}]", j == 0 ? "" : ",", figure.x(j), figure.y(j), j == 0 ? 0.1 : 0.9);
  const ClipPtr clip = read_clip(folder.write("a.json", R"([{"keypoints":[)" + joints + R"(],"track_id":3}])"));
  EXPECT_EQ(state(*clip, 0, 0), JointState::inferred);
  EXPECT_THAT(joint(*clip, 0, "left shoulder"), near(-0.1F, 0.5F));
}

TEST(MmPose, RefusesWhatIsNotTwoDimensional) {
  const TempDir folder;
  std::string joints;
  std::string scores;
  for (int j = 0; j < 17; ++j) {
    joints += fmt::format("{}[1,2,3]", j == 0 ? "" : ",");
    scores += j == 0 ? "1" : ",1";
  }
  const auto file = folder.write("a.json", R"([{"keypoints":[)" + joints + R"(],"keypoint_scores":[)" + scores + "]}]");
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::unsupported, HasSubstr("3-D keypoints")));
}

TEST(MmPose, RefusesFramesThatGoBack) {
  const TempDir folder;
  const auto file = folder.write("a.json", R"([{"frame_id":4,"instances":[]},{"frame_id":4,"instances":[]}])");
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::bad_format, HasSubstr("frame 2: \"frame_id\" 4 after 4")));
}

TEST(Pyskl, ReadsKeypointsOfImages) {
  const TempDir folder;
  const ClipPtr clip = read_clip(folder.write("a.json", test::pyskl_json(3)));
  expect_three_frames_of_the_figure(*clip, "coco17");
  EXPECT_EQ(clip->format, "pyskl");
  EXPECT_THAT(clip->label_index, testing::Optional(7));
  EXPECT_EQ(clip->tags.at("frame_dir"), "v_1");
}

TEST(Pyskl, LeavesMetresOfTheSensorAlone) {
  const TempDir folder;
  std::string frame;
  for (int j = 0; j < 25; ++j) frame += fmt::format("{}[{},{},3.5]", j == 0 ? "" : ",", 0.01 * j, 0.05 * j);
  std::string zero;
  for (int j = 0; j < 25; ++j) zero += fmt::format("{}[0,0,0]", j == 0 ? "" : ",");
  const auto file = folder.write(
      "a.json",
      fmt::format(
          R"({{"frame_dir":"S001C002P003R002A013","label":12,"total_frames":2,"keypoint":[[[{0}],[{0}]],[[{1}],[{1}]]]}})",
          frame, zero));
  const ClipPtr clip = read_clip(file);
  EXPECT_EQ(clip->layout->id, "ntu25");
  EXPECT_EQ(clip->unit, "m");
  ASSERT_EQ(clip->persons.size(), 1U) << "a row of zeros is nobody";
  EXPECT_THAT(clip->persons[0].joints[24], near(0.24F, 1.2F, 3.5F));
  EXPECT_THAT(clip->label_index, testing::Optional(12));
  EXPECT_EQ(clip->label, "tear up paper");
  EXPECT_EQ(clip->tags.at("subject"), "3");
  EXPECT_THAT(clip->warnings, testing::IsEmpty());
}

TEST(Pyskl, RefusesDataSetsAndOtherForms) {
  const TempDir folder;
  const auto set = folder.write("set.json", R"({"split":{},"annotations":[{"frame_dir":"a"},{"frame_dir":"b"}]})");
  EXPECT_THAT([&] { read_clip(set); }, ThrowsError(Code::unsupported, HasSubstr("a data set of 2 recordings")));
  const auto human36m = folder.write("h.json", R"({"frame_dir":"a","keypoint":[[[[1,2,3],[1,2,3]]]]})");
  EXPECT_THAT([&] { read_clip(human36m); }, ThrowsError(Code::unsupported, HasSubstr("2 joints of 3 coordinates")));
  const auto ragged = folder.write("r.json", R"({"frame_dir":"a","keypoint":[]})");
  EXPECT_THAT([&] { read_clip(ragged); }, ThrowsError(Code::bad_format, HasSubstr("a list of 0")));
}

TEST(KineticsSkeleton, ReadsImageWidthsAndTheLabel) {
  const TempDir folder;
  const ClipPtr clip = read_clip(folder.write("-1Ccg-ahNDE.json", test::kinetics_json(3)));
  expect_three_frames_of_the_figure(*clip, "coco18");
  EXPECT_EQ(clip->unit, "image widths");
  EXPECT_EQ(clip->label, "riding a bike");
  EXPECT_THAT(clip->label_index, testing::Optional(266));
  EXPECT_EQ(clip->tags.at("first frame"), "1");
  EXPECT_NEAR(std::stod(clip->tags.at("scale")), 0.5 / (100.0 / 340.0), 1e-6);
}

TEST(KineticsSkeleton, NamesTheEntryThatIsWrong) {
  const TempDir folder;
  const auto few = folder.write("a.json", R"({"data":[{"frame_index":1,"skeleton":[{"pose":[1,2],"score":[1]}]}]})");
  EXPECT_THAT([&] { read_clip(few); },
              ThrowsError(Code::bad_format, HasSubstr("entry 1 of \"data\", person 1: 2 coordinates and 1 scores")));
  const auto twice =
      folder.write("b.json", R"({"data":[{"frame_index":1,"skeleton":[]},{"frame_index":1,"skeleton":[]}]})");
  EXPECT_THAT([&] { read_clip(twice); }, ThrowsError(Code::bad_format, HasSubstr("\"frame_index\" 1 comes twice")));
}

TEST(PlanarReaders, NotANumberIsAMissingJoint) {
  const TempDir folder;
  std::string text = test::kinetics_json(2);
  const std::size_t nose = text.find("\"pose\":[") + 8;
  text.replace(nose, text.find(',', nose) - nose, "NaN");
  const ClipPtr clip = read_clip(folder.write("a.json", text), with_format("kinetics-skeleton"));
  EXPECT_EQ(state(*clip, 0, 0), JointState::missing);
}

TEST(PlanarReaders, RefuseDeepNesting) {
  const TempDir folder;
  const auto file = folder.write("0_keypoints.json", R"({"version":1.3,"people":)" + std::string(100'000, '['));
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::bad_format, HasSubstr("deep")));
}

TEST(PlanarReaders, RefuseUselessRates) {
  const TempDir folder;
  const auto poses = test::openpose_folder(folder, {0, 1});
  for (const double fps : {0.0, -1.0, std::nan("")}) {
    EXPECT_THAT([&] { read_clip(poses, with_fps(fps)); },
                ThrowsError(Code::bad_argument, HasSubstr("frames per second")));
  }
}

}  // namespace
}  // namespace purlscope::core
