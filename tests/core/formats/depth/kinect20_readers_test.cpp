#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/formats/registry.h"
#include "tests/core/formats/samples/samples.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::sample_value;
using test::TempDir;
using test::ThrowsError;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Kinect20Readers : public testing::Test {
 protected:
  ClipPtr read(const std::string& name, const std::string& bytes) const {
    return read_clip(folder_.write(name, bytes));
  }

  /// The joint must come from this place of the file's own order.
  static void expect_joint(const Clip& clip, const char* joint, std::size_t place_in_file) {
    const auto j = static_cast<std::size_t>(clip.layout->joint(joint));
    for (std::size_t t = 0; t < clip.frames; ++t) {
      for (std::size_t axis = 0; axis < 3; ++axis) {
        EXPECT_NEAR(clip.persons[0].joints[t * 20 + j][axis], sample_value(t, place_in_file, axis), 1e-5) << joint;
      }
    }
  }
  TempDir folder_;
};

TEST_F(Kinect20Readers, UtdStartsAtTheHeadAndGoesDown) {
  for (const bool compressed : {false, true}) {
    const ClipPtr clip = read("a5_s2_t3_skeleton.mat", test::utd_mat(4, compressed));
    EXPECT_EQ(clip->format, "utd-mhad");
    EXPECT_EQ(clip->layout->id, "kinect20");
    EXPECT_EQ(clip->frames, 4U);
    EXPECT_EQ(clip->fps, 30.0);
    EXPECT_EQ(clip->label, "throw");
    EXPECT_EQ(clip->label_index, 4);
    EXPECT_EQ(clip->tags.at("subject"), "2");
    EXPECT_EQ(clip->tags.at("repetition"), "3");
    expect_joint(*clip, "head", 0);
    expect_joint(*clip, "shoulder centre", 1);
    expect_joint(*clip, "spine", 2);
    expect_joint(*clip, "hip centre", 3);
    expect_joint(*clip, "left shoulder", 4);
    expect_joint(*clip, "right hand", 11);
    expect_joint(*clip, "right foot", 19);
  }
}

TEST_F(Kinect20Readers, NwIsInSdkOrderAndItsLabelCountsFromOne) {
  const ClipPtr clip = read("a11_s04_e02_v03.json", test::nw_json(3, 9));
  EXPECT_EQ(clip->format, "nw-ucla");
  EXPECT_EQ(clip->label, "throw");
  EXPECT_EQ(clip->label_index, 8);
  EXPECT_EQ(clip->tags.at("camera"), "3");
  EXPECT_THAT(clip->warnings, IsEmpty()) << "ids 7 and 10 do not exist, so a11 is the ninth class";
  expect_joint(*clip, "hip centre", 0);
  expect_joint(*clip, "head", 3);
  expect_joint(*clip, "left foot", 15);
}

TEST_F(Kinect20Readers, NwFilesMayStartWithAByteOrderMark) {
  for (const char* name : {"a11_s04_e02_v03.json", "named_otherwise.json"}) {
    const ClipPtr clip = read(name, "\xEF\xBB\xBF" + test::nw_json(3, 9));
    EXPECT_EQ(clip->format, "nw-ucla");
    EXPECT_EQ(clip->label, "throw");
    expect_joint(*clip, "head", 3);
  }
}

TEST_F(Kinect20Readers, NwLabelThatContradictsTheNameIsReported) {
  const ClipPtr clip = read("a01_s01_e00_v01.json", test::nw_json(3, 9));
  EXPECT_EQ(clip->label_index, 8);
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("contradicts")));
}

TEST_F(Kinect20Readers, NwFileWithoutALabelTakesItFromTheName) {
  const ClipPtr clip = read("a12_s01_e00_v01.json", test::nw_json(3, 77));
  EXPECT_EQ(clip->label, "carry");
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("77")));
}

TEST_F(Kinect20Readers, MsrOrderIsMapped) {
  const ClipPtr clip = read("a06_s01_e02_skeleton3D.txt", test::msr_text(3));
  EXPECT_EQ(clip->format, "msr-action3d");
  EXPECT_EQ(clip->fps, 15.0);
  EXPECT_EQ(clip->label, "high throw");
  expect_joint(*clip, "head", 19);
  expect_joint(*clip, "shoulder centre", 2);
  expect_joint(*clip, "spine", 3);
  expect_joint(*clip, "hip centre", 6);
  expect_joint(*clip, "left shoulder", 0);
  expect_joint(*clip, "left hand", 11);
  expect_joint(*clip, "right shoulder", 1);
  expect_joint(*clip, "right hand", 12);
  expect_joint(*clip, "left foot", 17);
  expect_joint(*clip, "right foot", 18);
}

TEST_F(Kinect20Readers, MsrIsKnownByItsFramesUnderAnotherName) {
  const ClipPtr clip = read("mine.txt", test::msr_text(3));
  EXPECT_EQ(clip->format, "msr-action3d");
  EXPECT_EQ(clip->frames, 3U);
  EXPECT_FALSE(clip->label);
}

TEST_F(Kinect20Readers, OtherTablesOfFourColumnsAreNotTakenForMsr) {
  std::string drift, noise, counts, one_frame;
  for (int row = 0; row < 200; ++row) {
    drift += fmt::format("{:.4f} {:.4f} {:.4f} 0.5\n", 0.01 * row, std::sin(0.02 * row), std::cos(0.03 * row));
    noise += fmt::format("{:.4f} {:.4f} {:.4f} 0.5\n", std::fmod(0.61803 * row, 1), std::fmod(0.41421 * row, 1),
                         std::fmod(0.7321 * row, 1));
    counts += fmt::format("{} {} {} {}\n", row % 20, row % 20, row % 20, row);
    if (row < 20) one_frame += "0.1 0.2 2 1\n";
  }
  for (const std::string& table : {drift, noise, counts, one_frame}) {
    EXPECT_THAT([&] { read("table.txt", table); },
                ThrowsError(Code::unsupported,
                            AllOf(HasSubstr("Of *.txt files these are read:"), HasSubstr("MSR-Action3D Real3D"),
                                  HasSubstr("NTU RGB+D skeleton (*.skeleton)"))));
  }
}

TEST_F(Kinect20Readers, MsrFramesOfZerosAreAbsent) {
  const ClipPtr clip = read("a06_s01_e02_skeleton3D.txt", test::msr_text(5, {0, 3}));
  EXPECT_TRUE(clip->absent(0, 0));
  EXPECT_FALSE(clip->absent(0, 1));
  EXPECT_TRUE(clip->absent(0, 3));
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("2 of 5 frames")));
}

TEST_F(Kinect20Readers, NotANumberIsMissingAndReported) {
  std::string text = test::msr_text(2);
  text.replace(text.find('\n', text.find('\n') + 1) + 1, 8, "nan     ");
  const ClipPtr msr = read("a06_s01_e02_skeleton3D.txt", text);
  EXPECT_EQ(msr->persons[0].state[2], JointState::missing) << "row 3 is the shoulder centre";
  EXPECT_THAT(msr->warnings, ElementsAre(HasSubstr("frame 1")));
  std::string json = test::nw_json(2, 1);
  json.replace(json.find("[[[") + 3, 3, "NaN");
  const ClipPtr nw = read("a01_s01_e00_v01.json", json);
  EXPECT_EQ(nw->persons[0].state[0], JointState::missing);
  EXPECT_EQ(nw->persons[0].joints[0], Vec3{});
  EXPECT_THAT(nw->warnings, ElementsAre(HasSubstr("frame 1")));
}

TEST_F(Kinect20Readers, BrokenNwFilesAreNamedByFrameOrByte) {
  const auto refused = [&](const std::string& json, const char* why) {
    EXPECT_THAT([&] { read("a01_s01_e00_v01.json", json); }, ThrowsError(Code::bad_format, HasSubstr(why)));
  };
  refused(R"({"skeletons": [[[1, 2, 3]]], "label": 1})", "frame 1: 1 joints, expected 20");
  refused(R"({"skeletons": [[[1, 2]]], "label": 1})", "joint 1 has 2 numbers, expected 3");
  refused(R"({"skeletons": [], "label": 1})", "no frame");
  refused(R"({"skeletons": 7, "label": 1})", "a number outside of a joint");
  refused(R"({"skeletons": [[["a", 2, 3]]]})", "found a text");
  refused(R"({"skeletons": [[[[1], 2, 3]]]})", "a list inside a joint");
  refused(R"({"label": 1})", "no list \"skeletons\"");
  refused("{\n\"skeletons\": [[[1, 2, oops", "line 2");
  refused(std::string(100'000, '['), "truncated");
}

TEST_F(Kinect20Readers, BrokenMsrFilesAreNamedByLine) {
  const auto refused = [&](const std::string& text, const char* why) {
    EXPECT_THAT([&] { read("a01_s01_e01_skeleton3D.txt", text); }, ThrowsError(Code::bad_format, HasSubstr(why)));
  };
  refused("1 2 3 1\n1 2 x 1\n", "line 2");
  refused("1 2 3 1\n1 2 3\n", "line 2");
  refused("1 2 3 1 5\n", "line 1: more than 4");
  refused("1 2 3 1\n", "1 of the 20 joints of frame 1");
  refused("\n\n", "no joint");
  refused("140 85 620 1\n", "metres");
}

TEST_F(Kinect20Readers, BrokenMatFilesAreNamedByByteOrVariable) {
  const auto refused = [&](const std::string& bytes, Code code, const char* why) {
    EXPECT_THAT([&] { read("a1_s1_t1_skeleton.mat", bytes); }, ThrowsError(code, HasSubstr(why)));
  };
  refused(test::mat_file("other", {2, 1}, {1, 2}, false), Code::bad_format, "found: 'other'");
  refused(test::mat_file("d_skel", {25, 3, 1}, std::vector<double>(75), true), Code::bad_format,
          "25 x 3 x 1, expected numbers 20 x 3");
  refused(test::mat_file("d_skel", {20, 3, 2}, std::vector<double>(60), true), Code::bad_format,
          "60 values, expected 120");
  refused(test::mat_file("d_skel", {2'000'000'000, 2'000'000'000}, {1}, false), Code::bad_format, "dimension");
  refused(test::mat_file("d_skel", {20, 3, 0}, {}, false), Code::bad_format, "expected numbers");
  refused("MATLAB 7.3 MAT-file, Platform", Code::unsupported, "-v7");
  refused("not matlab", Code::bad_format, "no MATLAB 5.0 header");
  std::string big = test::utd_mat(1, false);
  big.replace(126, 2, "MI");
  refused(big, Code::unsupported, "big-endian");
}

TEST_F(Kinect20Readers, OfOtherMatVariablesNoMoreIsExpandedThanTheHead) {
  // A variable of 72 MB before the wanted one, and with its last bytes damaged: expanding it would fail.
  std::string other = test::mat_zeros("other", 150'000);
  std::fill(other.end() - 100, other.end(), '\xFF');
  const std::string bytes = test::mat_joined({other, test::utd_mat(4, true), test::utd_mat(5, true)});
  const ClipPtr clip = read("a1_s1_t1_skeleton.mat", bytes);
  EXPECT_EQ(clip->frames, 4U) << "the first of the name counts";
  expect_joint(*clip, "head", 0);
  EXPECT_THAT([&] { read("a1_s1_t1_skeleton.mat", other); },
              ThrowsError(Code::bad_format, HasSubstr("no variable d_skel; found: 'other'")));
}

TEST_F(Kinect20Readers, AMatVariableThatExpandsTooFarIsRefused) {
  const auto refused = [&](const std::string& bytes, Code code, const char* why) {
    EXPECT_THAT([&] { read("a1_s1_t1_skeleton.mat", bytes); },
                ThrowsError(code, AllOf(HasSubstr("a1_s1_t1_skeleton.mat"), HasSubstr(why))));
  };
  // 20 joints x 3 x 8 bytes = 480 bytes a frame; 64 MiB hold 139,810 frames.
  refused(test::mat_zeros("d_skel", 140'000), Code::limit, "'d_skel' expands to");
  // The size of the matrix stands in the stored block after 128 bytes of header, 8 of tag, 2 of zlib, 5 of block, 4.
  std::string lying = test::utd_mat(4, true);  // longer than what is looked at first, so its checksum is not reached
  lying.replace(128 + 8 + 2 + 5 + 4, 4, "\xF8\xFF\xFF\x7F");
  refused(lying, Code::bad_format, "a matrix of 2147483640 bytes");
}

TEST(Kinect20RecordingsData, EveryUtdRecordingReads) {
  PURLSCOPE_NEEDS_SHARED();
  std::size_t files = 0;
  std::size_t shortest = 1000;
  std::size_t longest = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::shared_dir() / "data" / "utd-mhad")) {
    if (entry.path().extension() != ".mat") continue;
    const ClipPtr clip = read_clip(entry.path());
    ++files;
    shortest = std::min(shortest, clip->frames);
    longest = std::max(longest, clip->frames);
    EXPECT_THAT(clip->warnings, IsEmpty()) << clip->name;
    const auto& joints = clip->persons[0].joints;
    EXPECT_GT(joints[3][1], joints[0][1]) << clip->name << ": the head is above the hip";
  }
  // The data set's source note: 861 files of 41 to 125 frames.
  EXPECT_EQ(files, 861U);
  EXPECT_EQ(shortest, 41U);
  EXPECT_EQ(longest, 125U);
}

TEST(Kinect20RecordingsData, MsrHoldsItsKnownEmptyFrames) {
  PURLSCOPE_NEEDS_SHARED();
  std::size_t files = 0;
  std::size_t absent = 0;
  std::size_t longest = 0;
  std::size_t known_by_content = 0;
  const auto msr = std::ranges::find(formats(), "msr-action3d", &FormatReader::id);
  ASSERT_NE(msr, formats().end());
  for (const auto& entry : std::filesystem::directory_iterator(test::shared_dir() / "data" / "msr-action3d")) {
    if (!entry.path().filename().string().ends_with("skeleton3D.txt")) continue;
    const ClipPtr clip = read_clip(entry.path());
    ++files;
    longest = std::max(longest, clip->frames);
    known_by_content += msr->matches("other.txt", test::read_text(entry.path()).substr(0, 4096)) ? 1 : 0;
    for (std::size_t t = 0; t < clip->frames; ++t) absent += clip->absent(0, t) ? 1 : 0;
  }
  EXPECT_EQ(files, 567U);
  EXPECT_EQ(absent, 1113U);
  EXPECT_EQ(known_by_content, 565U) << "two begin with frames of zeros, which tell nothing";
  EXPECT_EQ(longest, 936U);
}

}  // namespace
}  // namespace purlscope::core
