#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/formats/registry.h"
#include "tests/core/formats/mocap/mocap_reader.h"
#include "tests/core/formats/samples/mocap_samples.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::MocapReader;
using test::replaced;
using test::TempDir;
using test::ThrowsError;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

class AmcReader : public MocapReader {
 protected:
  AmcReader() { folder_.write("hand.asf", test::asf_text()); }
  static constexpr double kUnit = 2 * 0.0254;
};

TEST_F(AmcReader, TurnsBonesAboutTheirOwnAxes) {
  const ClipPtr clip = read("hand_01.amc", test::amc_text());
  EXPECT_EQ(clip->format, "amc");
  EXPECT_THAT(clip->layout->joints, ElementsAre("root", "lfemur", "spine", "ltibia"));
  EXPECT_THAT(clip->layout->parent, ElementsAre(0, 0, 0, 1));
  EXPECT_EQ(clip->frames, 2U);
  EXPECT_EQ(clip->unit, "1/0.5 in");
  const auto place = [](double x, double y, double z) {
    return Vec3{static_cast<float>(-x * kUnit), static_cast<float>(y * kUnit), static_cast<float>(-z * kUnit)};
  };
  expect_at(*clip, 0, "root", place(1, 20, 0));
  expect_at(*clip, 0, "spine", place(1, 26, 0));    // the direction was no unit vector, the length counts
  expect_at(*clip, 0, "lfemur", place(1, 20, 10));  // raised forward
  expect_at(*clip, 0, "ltibia", place(1, 12, 10));  // rx about axes turned by 90 degrees about z is a turn about y
  expect_at(*clip, 1, "ltibia", place(1, 10, -8));  // the root turned by 90 degrees about y
}

TEST_F(AmcReader, ReadsRadians) {
  std::string text = replaced(test::amc_text(), ":DEGREES", ":RADIANS");
  text = replaced(text, "lfemur -90", "lfemur -1.5707963267948966");
  text = replaced(text, "ltibia 90 0", "ltibia 1.5707963267948966 0");
  expect_at(*read("hand_01.amc", text), 0, "ltibia",
            {static_cast<float>(-1 * kUnit), static_cast<float>(12 * kUnit), static_cast<float>(-10 * kUnit)});
}

TEST_F(AmcReader, FindsTheSkeletonByTheLongestCommonName) {
  folder_.write("ha.asf", "damaged");
  folder_.write("hand_02.asf", "damaged");
  EXPECT_EQ(read("hand_01.amc", test::amc_text())->tags.at("skeleton"), "hand.asf")
      << "hand_02 shares more letters, but its whole name is another take's";
}

TEST_F(AmcReader, AsksWhenTheSkeletonIsOpen) {
  folder_.write("hanX.asf", test::asf_text());
  folder_.write("hanY.asf", test::asf_text());
  EXPECT_THAT(reading("hanZ.amc", test::amc_text()), ThrowsError(Code::bad_argument, HasSubstr("--skeleton")));
  ReadOptions options;
  options.companion = folder_.path() / "hanY.asf";
  EXPECT_EQ(read("hanZ.amc", test::amc_text(), options)->tags.at("skeleton"), "hanY.asf");
}

TEST_F(AmcReader, NeedsASkeleton) {
  const TempDir empty;
  const auto file = empty.write("a.amc", test::amc_text());
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::not_found, HasSubstr("no skeleton (.asf)")));
}

TEST_F(AmcReader, SaysThatTheRateIsAssumed) {
  const ClipPtr clip = read("hand_60.amc", test::amc_text());
  EXPECT_EQ(clip->fps, 120.0) << "CMU numbers its trials so; only HDM05 names hold a rate";
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("taken as 120 fps")));
  ReadOptions options;
  options.fps = 30.0;
  EXPECT_EQ(read("hand_60.amc", test::amc_text(), options)->fps, 30.0);
}

TEST_F(AmcReader, NamesOfHdm05StateRateSubjectAndClass) {
  const ClipPtr clip = read("HDM_bd_clap1Reps_002_240.amc", test::amc_text());
  EXPECT_EQ(clip->fps, 240.0);
  EXPECT_EQ(clip->label, "clap1Reps");
  EXPECT_EQ(clip->tags.at("subject"), "bd");
  EXPECT_EQ(clip->tags.at("repetition"), "002");
  EXPECT_EQ(read("HDM_bd_01-02_03_120.amc", test::amc_text())->label, std::nullopt) << "scenes of a whole take";
}

TEST_F(AmcReader, NamesWhatIsWrongAndWhere) {
  const std::string text = test::amc_text();
  EXPECT_THAT(reading("hand.amc", replaced(text, "lfemur -90", "rfemur -90")),
              ThrowsError(Code::bad_format,
                          AllOf(HasSubstr("line 6: the skeleton has no bone 'rfemur'"), HasSubstr("--skeleton"))));
  EXPECT_THAT(reading("hand.amc", replaced(text, "ltibia 90 0", "ltibia 90")),
              ThrowsError(Code::bad_format, HasSubstr("line 7: bone 'ltibia' has 1 numbers, the skeleton expects 2")));
  EXPECT_THAT(reading("hand.amc", replaced(text, "ltibia 90 0\n", "")),
              ThrowsError(Code::bad_format, HasSubstr("frame 1 lacks bone 'ltibia'")));
  EXPECT_THAT(reading("hand.amc", replaced(text, "2\nltibia", "7\nltibia")),
              testing::Not(ThrowsError(Code::bad_format, HasSubstr(""))));
  EXPECT_THAT(read("hand.amc", replaced(text, "2\nltibia", "7\nltibia"))->warnings,
              Contains(HasSubstr("line 8: frame 7 follows frame 1")));
}

TEST_F(AmcReader, DamagedSkeletonsAreErrorsOfTheirFile) {
  const struct {
    const char* what;
    const char* by;
    const char* message;
  } cases[] = {{"lfemur ltibia", "lfemur shin", "line 45: the hierarchy names 'shin', which is no bone"},
               {"lfemur ltibia", "ltibia lfemur", "a second parent of 'lfemur'"},
               {"root lfemur spine", "root spine\n ltibia lfemur", "in a circle"},
               {"    lfemur ltibia\n", "", "bone 'ltibia' has no place in :hierarchy"},
               {"length 0.5", "length 0", "length 0, expected a number above 0"},
               {"0 0 90  XYZ", "0 0 90  XYW", "an order of axes"},
               {"order TX TY TZ RX RY RZ", "", "no 'order' in :root"},
               {"dof rx rz", "dof rx sideways", "found 'sideways'"},
               {"  end\n  begin\n     id 2", "  begin\n     id 2", "begin within a bone"}};
  for (const auto& [what, by, message] : cases) {
    folder_.write("hand.asf", replaced(test::asf_text(), what, by));
    EXPECT_THAT(reading("hand.amc", test::amc_text()),
                ThrowsError(Code::bad_format, AllOf(HasSubstr("hand.asf"), HasSubstr(message))));
  }
}

TEST_F(AmcReader, SurvivesDamagedSkeletons) {
  std::mt19937 random(23);
  const std::string whole = test::asf_text();
  for (int round = 0; round < 1500; ++round) {
    std::string bytes = whole;
    if (round % 3 == 0)
      bytes.resize(random() % bytes.size());
    else
      for (int flips = 1 + round % 4; flips > 0; --flips) bytes[random() % bytes.size()] = static_cast<char>(random());
    folder_.write("hand.asf", bytes);
    try {
      const ClipPtr clip = read("hand.amc", test::amc_text());
      for (const Vec3& joint : clip->persons[0].joints) EXPECT_TRUE(std::isfinite(joint[0] + joint[1] + joint[2]));
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("hand."));
    }
  }
}

}  // namespace
}  // namespace purlscope::core
