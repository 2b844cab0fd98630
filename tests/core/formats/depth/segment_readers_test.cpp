#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/formats/class_list.h"
#include "core/formats/registry.h"
#include "tests/core/formats/samples/samples.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::TempDir;
using test::ThrowsError;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(PkuMmdReader, ReadsTwoPersonsAndTheLabelsBeside) {
  const TempDir folder;
  const auto file = folder.write("Skeleton/PKU_Skeleton_Renew/0002-L.txt", test::pku_text(90));
  folder.write("Label/Train_Label_PKU_final/0002-L.txt", "34,46,75,2\r\n8,1,30,1\r\n");
  const ClipPtr clip = read_clip(file);
  EXPECT_EQ(clip->format, "pku-mmd");
  EXPECT_EQ(clip->layout->id, "ntu25");
  EXPECT_EQ(clip->frames, 90U);
  EXPECT_EQ(clip->fps, 30.0);
  EXPECT_EQ(clip->tags.at("camera"), "L");
  ASSERT_EQ(clip->persons.size(), 2U);
  EXPECT_FALSE(clip->absent(0, 0));
  EXPECT_TRUE(clip->absent(1, 0)) << "zeros: nobody";
  EXPECT_FALSE(clip->absent(1, 1));
  EXPECT_FLOAT_EQ(clip->persons[0].joints[25 + 3][1], 0.5F + 0.1F + 0.03F + 0.001F);
  EXPECT_FLOAT_EQ(clip->persons[1].joints[25 + 3][1], 1.5F + 0.1F + 0.03F + 0.001F);
  ASSERT_EQ(clip->segments.size(), 2U);
  EXPECT_EQ(clip->segments[0].label, "drink water");
  EXPECT_EQ(clip->segments[0].label_index, 7);
  EXPECT_EQ(clip->segments[0].begin, 0.0);
  EXPECT_DOUBLE_EQ(clip->segments[0].end, 1.0) << "frames 1 to 30 of 30 a second";
  EXPECT_EQ(clip->segments[1].label, "standing up");
  EXPECT_DOUBLE_EQ(clip->segments[1].begin, 1.5);
  EXPECT_DOUBLE_EQ(clip->segments[1].end, 2.5);
  EXPECT_EQ(clip->segments[1].confidence, 2.0F);
  EXPECT_THAT(clip->warnings, testing::IsEmpty());
}

TEST(PkuMmdReader, FindsTheLabelsOfTheSecondPartAndTheNamedOnes) {
  const TempDir folder;
  const auto file = folder.write("v2/skeleton/A01N02-M.txt", test::pku_text(3));
  EXPECT_THAT(read_clip(file)->warnings, ElementsAre(HasSubstr("no label file")));
  folder.write("v2/label/A01N02-M.txt", "51,1,3,1\n");
  EXPECT_EQ(read_clip(file)->segments.at(0).label, "writing");
  ReadOptions options;
  options.companion = folder.write("mine.txt", "77,2,3\n\n");
  const ClipPtr clip = read_clip(file, options);
  EXPECT_EQ(clip->segments.at(0).label, "77") << "no such class: the id as written";
  EXPECT_FALSE(clip->segments[0].label_index);
  EXPECT_FALSE(clip->segments[0].confidence);
}

TEST(PkuMmdReader, NamesTheLineOfABadRow) {
  const TempDir folder;
  const auto file = folder.write("0002-L.txt", test::pku_text(2) + "1 2 3\n");
  EXPECT_THAT([&] { read_clip(file); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("line 3"), HasSubstr("3 numbers, expected 150"))));
  const auto more = folder.write("0003-L.txt", test::pku_text(1).substr(0, test::pku_text(1).size() - 2) + " 7\n");
  EXPECT_THAT([&] { read_clip(more); }, ThrowsError(Code::bad_format, HasSubstr("and more")));
  folder.write("0004-L.txt", test::pku_text(1));
  ReadOptions options;
  options.companion = folder.write("bad.txt", "1,1,1,1\n1,9,2,1\n");
  EXPECT_THAT([&] { read_clip(folder.path() / "0004-L.txt", options); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("bad.txt: line 2"), HasSubstr("class,begin frame"))));
}

TEST(PkuMmdReader, LabelsBeyondTheEndAreCutWithAWarning) {
  const TempDir folder;
  const auto file = folder.write("0002-L.txt", test::pku_text(30));
  folder.write("labels/0002-L.txt", "1,16,60,1\n2,40,60,1\n");
  const ClipPtr clip = read_clip(file);
  ASSERT_EQ(clip->segments.size(), 1U) << "one lies after the end";
  EXPECT_DOUBLE_EQ(clip->segments[0].end, 1.0);
  EXPECT_THAT(clip->warnings, testing::Contains(HasSubstr("line 1: the action ends at 2.00 s")));
}

TEST(PkuMmdReader, ALabelFileOfTheSameNameIsNoRecording) {
  const TempDir folder;
  EXPECT_EQ(recognise_format(folder.write("0002-L.txt", "8,1,30,1\n")), nullptr);
  EXPECT_EQ(class_list("pku-mmd").classes.size(), 51U);
}

TEST(UtKinectReader, TimesFollowTheFrameNumbersAndLabelsTheirFrames) {
  const TempDir folder;
  std::string text = test::utkinect_text(10, 252);
  text += text.substr(0, text.find('\n') + 1).replace(0, 3, "270");  // frame 270 again, other positions
  text += text.substr(0, text.find('\n') + 1).replace(0, 3, "300");
  const auto file = folder.write("joints/joints_s01_e02.txt", text);
  folder.write("actionLabel.txt",
               "s01_e01\nwalk: 1 2\ns01_e02\nwalk: 252 260\nsitDown: 262 270 \ncarry: NaN NaN\nhop: 280 300\ns02_e01\n"
               "walk: 252 260\n");
  const ClipPtr clip = read_clip(file);
  EXPECT_EQ(clip->format, "utkinect");
  EXPECT_EQ(clip->layout->id, "kinect20");
  EXPECT_EQ(clip->frames, 11U);
  EXPECT_FALSE(clip->fps);
  EXPECT_DOUBLE_EQ(clip->times[1], 2.0 / 30.0);
  EXPECT_DOUBLE_EQ(clip->times[10], 48.0 / 30.0) << "the camera's frames 272 to 298 have no skeleton";
  EXPECT_FLOAT_EQ(clip->persons[0].joints[9 * 20 + 3][2], 0.5F + 0.2F + 0.03F + 0.009F) << "the first of the two 270";
  EXPECT_EQ(clip->tags, (std::map<std::string, std::string>{{"subject", "1"}, {"repetition", "2"}}));
  ASSERT_EQ(clip->segments.size(), 3U);
  EXPECT_EQ(clip->segments[0].label, "walk");
  EXPECT_DOUBLE_EQ(clip->segments[0].begin, 0.0);
  EXPECT_DOUBLE_EQ(clip->segments[0].end, 9.0 / 30.0) << "its last frame belongs to it";
  EXPECT_EQ(clip->segments[1].label, "sit down");
  EXPECT_EQ(clip->segments[1].label_index, 1);
  EXPECT_EQ(clip->segments[2].label, "hop") << "not of the data set: as the file writes it";
  EXPECT_FALSE(clip->segments[2].label_index);
  EXPECT_THAT(clip->warnings,
              testing::UnorderedElementsAre(HasSubstr("1 frames are written twice"),
                                            AllOf(HasSubstr("line 6"), HasSubstr("'carry' has no frames"))));
}

TEST(UtKinectReader, BadRowsAreNamed) {
  const TempDir folder;
  const std::string row = test::utkinect_text(1);
  const struct {
    std::string text;
    const char* complaint;
  } cases[] = {{row + "7\n", "line 2: 0 numbers after the frame's"},
               {row + "x 1 2\n", "line 2: found 'x 1 2'"},
               {row + test::utkinect_text(1, 7), "frame 7 after frame 100"},
               {"\n", "no frame"}};
  for (const auto& item : cases) {
    const auto file = folder.write("joints_s01_e01.txt", item.text);
    EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::bad_format, HasSubstr(item.complaint)));
  }
  ReadOptions options;
  options.companion = folder.write("actionLabel.txt", "s01_e01\nwalk: 1\n");
  const auto file = folder.write("joints_s01_e01.txt", row);
  EXPECT_THAT([&] { read_clip(file, options); }, ThrowsError(Code::bad_format, HasSubstr("actionLabel.txt: line 2")));
  options.companion = folder.path() / "none.txt";
  EXPECT_THROW(read_clip(file, options), Error);
}

TEST(Uwa3dReader, ReadsRowsInTheOrderOfOpenNi) {
  const TempDir folder;
  for (const char* name : {"a05_s02_e01_v03.txt", "a05_s02_v03_e01.csv"}) {
    const ClipPtr clip = read_clip(folder.write(name, test::uwa3d_text(4)));
    EXPECT_EQ(clip->format, "uwa3d-ii");
    EXPECT_EQ(clip->layout->id, "openni15");
    EXPECT_EQ(clip->frames, 4U);
    EXPECT_EQ(clip->label_index, 4);
    EXPECT_EQ(clip->tags, (std::map<std::string, std::string>{{"subject", "2"}, {"camera", "3"}, {"repetition", "1"}}));
    EXPECT_FLOAT_EQ(clip->persons[0].joints[15 + 14][0], 0.5F + 0.14F + 0.001F);
    EXPECT_EQ(clip->unit, "m");
  }
}

TEST(Uwa3dReader, LargeNumbersAreMillimetres) {
  const TempDir folder;
  std::string row = "100 200 2000";
  for (int i = 0; i < 14; ++i) row += " 100 200 2000";
  const ClipPtr clip = read_clip(folder.write("a01_s01_e00_v01.txt", row + "\n"));
  EXPECT_EQ(clip->unit, "mm");
  EXPECT_EQ(clip->persons[0].joints[0], (Vec3{0.1F, 0.2F, 2.0F}));
}

TEST(Uwa3dReader, ReadsVariableAOfMatlab) {
  const TempDir folder;
  std::vector<double> values(45 * 2);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 0.01 * static_cast<double>(i + 1);
  for (const std::vector<std::size_t>& shape : {std::vector<std::size_t>{45, 2}, {3, 15, 2}}) {
    const ClipPtr clip = read_clip(folder.write("a01_s01_e00_v01.mat", test::mat_file("A", shape, values, false)));
    EXPECT_EQ(clip->frames, 2U);
    EXPECT_FLOAT_EQ(clip->persons[0].joints[15][2], 0.48F);
  }
  const auto file = folder.write("a01_s01_e00_v01.mat", test::mat_file("B", {45, 2}, values, false));
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::bad_format, HasSubstr("no variable A")));
}

TEST(Uwa3dReader, BadRowsAreNamed) {
  const TempDir folder;
  const auto file = folder.write("a01_s01_e00_v01.txt", test::uwa3d_text(1) + "1,2,3\n");
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::bad_format, HasSubstr("line 2: 3 numbers, expected 45")));
  const auto empty = folder.write("a01_s01_e00_v02.txt", "\n\n");
  EXPECT_THAT([&] { read_clip(empty); }, ThrowsError(Code::bad_format, HasSubstr("no frame")));
}

}  // namespace
}  // namespace purlscope::core
