#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/formats/readers/planar/planar_clip.h"
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
using test::with_layout;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

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

}  // namespace
}  // namespace purlscope::core
