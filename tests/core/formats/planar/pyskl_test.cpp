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
using test::near;
using test::TempDir;
using test::ThrowsError;
using testing::HasSubstr;

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

}  // namespace
}  // namespace purlscope::core
