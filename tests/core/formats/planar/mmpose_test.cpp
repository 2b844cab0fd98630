#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
using testing::HasSubstr;

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

}  // namespace
}  // namespace purlscope::core
