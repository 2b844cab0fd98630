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
using test::TempDir;
using test::ThrowsError;
using testing::HasSubstr;

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

}  // namespace
}  // namespace purlscope::core
