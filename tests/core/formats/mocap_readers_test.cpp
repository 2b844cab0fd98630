#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <random>

#include "core/base/rotation.h"
#include "core/formats/registry.h"
#include "tests/core/formats/mocap_samples.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::TempDir;
using test::ThrowsError;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class MocapReader : public testing::Test {
 protected:
  ClipPtr read(const std::string& name, const std::string& bytes, const ReadOptions& options = {}) const {
    return read_clip(folder_.write(name, bytes), options);
  }

  auto reading(const std::string& name, const std::string& bytes, const ReadOptions& options = {}) const {
    return [this, name, bytes, options] { read(name, bytes, options); };
  }

  static Vec3 at(const Clip& clip, std::size_t frame, const std::string& joint, std::size_t person = 0) {
    return clip.persons[person]
        .joints[frame * clip.joint_count() + static_cast<std::size_t>(clip.layout->joint(joint))];
  }

  static JointState state(const Clip& clip, std::size_t frame, const std::string& joint, std::size_t person = 0) {
    return clip.persons[person].state[frame * clip.joint_count() + static_cast<std::size_t>(clip.layout->joint(joint))];
  }

  static void expect_at(const Clip& clip, std::size_t frame, const std::string& joint, const Vec3& expected) {
    const Vec3 found = at(clip, frame, joint);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      EXPECT_NEAR(found[axis], expected[axis], 1e-5) << joint << " axis " << axis << " of frame " << frame;
    }
  }

  TempDir folder_;
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  if (at == std::string::npos) throw std::invalid_argument("no '" + what + "' in the sample");
  return text.replace(at, what.size(), by);
}

using BvhReader = MocapReader;

TEST_F(BvhReader, KeepsNamesBonesAndTheRoundedRate) {
  const ClipPtr clip = read("a.bvh", test::bvh_text());
  EXPECT_EQ(clip->format, "bvh");
  EXPECT_EQ(clip->layout->id, "own");
  EXPECT_THAT(clip->layout->joints, ElementsAre("Hips", "Spine", "Spine end", "LeftUpLeg", "LeftLeg", "LeftLeg end"));
  EXPECT_THAT(clip->layout->parent, ElementsAre(0, 0, 1, 0, 3, 4));
  EXPECT_EQ(clip->frames, 2U);
  EXPECT_EQ(clip->fps, 120.0) << "a Frame Time of 0.008333 means 120 fps";
  EXPECT_EQ(clip->unit, "cm");
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("a body of 170 units was taken as cm (1.7 m)")));
}

TEST_F(BvhReader, PutsLeftToTheLeftOfAFigureThatFacesTheViewer) {
  const ClipPtr clip = read("a.bvh", test::bvh_text());
  expect_at(*clip, 0, "Hips", {0, 0.95F, 0});
  expect_at(*clip, 0, "LeftUpLeg", {-0.1F, 0.95F, 0});  // +x is the person's right
  expect_at(*clip, 0, "LeftLeg end", {-0.1F, 0.05F, 0});
  expect_at(*clip, 0, "Spine end", {0, 1.75F, 0});
}

TEST_F(BvhReader, TurnsChildrenWithTheirParents) {
  const ClipPtr clip = read("a.bvh", test::bvh_text());
  // The hips turn by 90 degrees about y: the left hip is where the back was, and the raised thigh points along +x of
  // the file, which is -x of the camera.
  expect_at(*clip, 1, "LeftUpLeg", {0, 0.95F, 0.1F});
  expect_at(*clip, 1, "LeftLeg", {-0.45F, 0.95F, 0.1F});
}

TEST_F(BvhReader, AppliesRotationsInTheOrderOfTheChannels) {
  const std::vector<std::string> row = {"0 95 0 0 0 0 90 90 0 0 0 0 0 0 0"};
  expect_at(*read("zxy.bvh", test::bvh_text(row)), 0, "Spine end", {0, 1.45F, -0.3F});  // Rz Rx: first towards +z
  const std::string xzy = replaced(test::bvh_text(row), "OFFSET 0 50 0\n    CHANNELS 3 Zrotation Xrotation",
                                   "OFFSET 0 50 0\n    CHANNELS 3 Xrotation Zrotation");
  expect_at(*read("xzy.bvh", xzy), 0, "Spine end", {0.3F, 1.45F, 0});  // Rx Rz: first towards -x
}

TEST_F(BvhReader, PositionChannelsTakeThePlaceOfTheOffset) {
  const std::string text = replaced(test::bvh_text({"0 95 0 0 0 0 77 0 0 0 0 0 0"}),
                                    "OFFSET 0 50 0\n    CHANNELS 3 Zrotation Xrotation Yrotation",
                                    "OFFSET 5 50 0\n    CHANNELS 1 Yposition");
  const ClipPtr clip = read("a.bvh", text);
  expect_at(*clip, 0, "Spine", {-0.05F, 0.95F + 0.77F, 0});
  expect_at(*clip, 0, "Spine end", {-0.05F, 0.95F + 1.07F, 0});
}

TEST_F(BvhReader, TakesTheUnitThatMakesAPerson) {
  const struct {
    const char* leg;
    const char* unit;
  } cases[] = {{"-0.45", "m"}, {"-8", "1/0.45 in"}, {"-18", "in"}, {"-45", "cm"}, {"-450", "mm"}};
  for (const auto& [leg, unit] : cases) {
    const double scale = -std::stod(leg) / 45.0;
    std::string text = test::bvh_text();
    text = replaced(text, "OFFSET 0 50 0", "OFFSET 0 " + std::to_string(50 * scale) + " 0");
    text = replaced(text, "OFFSET 10 0 0", "OFFSET " + std::to_string(10 * scale) + " 0 0");
    text = replaced(text, "OFFSET 0 30 0", "OFFSET 0 " + std::to_string(30 * scale) + " 0");
    for (int i = 0; i < 2; ++i) text = replaced(text, "OFFSET 0 -45 0", std::string("OFFSET 0 ") + leg + " 0");
    EXPECT_EQ(read("a.bvh", text)->unit, unit);
  }
}

TEST_F(BvhReader, ReadsNamesWithBlanksLowerCaseAndBracesOnTheLine) {
  std::string text = replaced(test::bvh_text(), "JOINT LeftUpLeg\n  {", "joint Left Up Leg {");
  text = replaced(text, "HIERARCHY", "hierarchy");
  text = replaced(text, "End Site", "END SITE");
  EXPECT_THAT(read("a.BVH", text)->layout->joints, Contains("Left Up Leg"));
}

TEST_F(BvhReader, ZeroEndSitesAreTheirJointAgain) {
  const ClipPtr clip = read("a.bvh", replaced(test::bvh_text(), "OFFSET 0 30 0", "OFFSET 0 0 0"));
  EXPECT_THAT(clip->layout->joints, ElementsAre("Hips", "Spine", "LeftUpLeg", "LeftLeg", "LeftLeg end"));
}

TEST_F(BvhReader, MakesEqualNamesDistinct) {
  const ClipPtr clip = read("a.bvh", replaced(test::bvh_text(), "JOINT LeftLeg", "JOINT Spine"));
  EXPECT_THAT(clip->layout->joints, ElementsAre("Hips", "Spine", "Spine end", "LeftUpLeg", "Spine#2", "Spine end#2"));
  EXPECT_THAT(clip->warnings, Contains(HasSubstr("two joints are called 'Spine'")));
}

TEST_F(BvhReader, CountsTheLinesAgainstFrames) {
  const std::string text = test::bvh_text();
  EXPECT_THAT(reading("a.bvh", replaced(text, "Frames: 2", "Frames: 3")),
              ThrowsError(Code::bad_format, HasSubstr("line 35: the file ends after 2 of 3 frames")));
  const ClipPtr one = read("a.bvh", replaced(text, "Frames: 2", "Frames: 1"));
  EXPECT_EQ(one->frames, 1U);
  EXPECT_THAT(one->warnings, Contains("line 34: the text after frame 1 is ignored"));
  EXPECT_THAT(reading("a.bvh", replaced(text, "Frames: 2", "Frames: 9999999999")),
              ThrowsError(Code::bad_format, HasSubstr("frames in the")));
}

TEST_F(BvhReader, NamesWhatIsWrongAndWhere) {
  const std::string text = test::bvh_text();
  EXPECT_THAT(reading("a.bvh", replaced(text, "0 95 0 0 0 0 0 0 0 0 0 0 0 0 0", "0 95 0 0")),
              ThrowsError(Code::bad_format, HasSubstr("line 33: frame 1 of 2 has 4 numbers, expected 15")));
  EXPECT_THAT(reading("a.bvh", replaced(text, "95", "ninety")),
              ThrowsError(Code::bad_format, HasSubstr("found 'ninety' in frame 1 of 2")));
  EXPECT_THAT(reading("a.bvh", replaced(text, "Zrotation", "Wrotation")),
              ThrowsError(Code::bad_format, HasSubstr("line 5: found 'Wrotation', expected a channel")));
  EXPECT_THAT(reading("a.bvh", replaced(text, "CHANNELS 6", "CHANNELS 999999999")),
              ThrowsError(Code::bad_format, HasSubstr("channels, expected 0 to 6")));
  EXPECT_THAT(reading("a.bvh", replaced(text, "0.008333", "0")), ThrowsError(Code::bad_format, HasSubstr("--fps")));
}

TEST_F(BvhReader, FpsStandsInForAMissingFrameTime) {
  ReadOptions options;
  options.fps = 60.0;
  EXPECT_EQ(read("a.bvh", replaced(test::bvh_text(), "0.008333", "0"), options)->fps, 60.0);
}

TEST_F(BvhReader, BoundsTheDepth) {
  std::string text = "HIERARCHY\nROOT a {\nOFFSET 0 0 0\nCHANNELS 0\n";
  for (int i = 0; i < 5000; ++i) text += "JOINT a {\nOFFSET 0 0 0\nCHANNELS 0\n";
  EXPECT_THAT(reading("a.bvh", text), ThrowsError(Code::bad_format, HasSubstr("nested more than 256 deep")));
}

TEST_F(BvhReader, RefusesToGrowFarBeyondItsText) {
  std::string text = "HIERARCHY\nROOT r {\nOFFSET 0 0 0\nCHANNELS 1 Xposition\n";
  for (int i = 0; i < 4000; ++i) text += "JOINT a\n{\nOFFSET 0 0 0\nCHANNELS 0\n}\n";
  text += "}\nMOTION\nFrames: 60000\nFrame Time: 0.01\n";
  for (int i = 0; i < 60000; ++i) text += "0\n";
  EXPECT_THAT(reading("a.bvh", text), ThrowsError(Code::limit, HasSubstr("4001 joints over 60000 frames")));
}

TEST_F(BvhReader, MarksJointsWithoutAFinitePlaceAsMissing) {
  const ClipPtr clip = read("a.bvh", test::bvh_text({"nan 95 0 0 0 0 0 0 0 0 0 0 0 0 0"}));
  EXPECT_TRUE(clip->absent(0, 0));
  EXPECT_EQ(at(*clip, 0, "Hips"), Vec3{});
  EXPECT_THAT(clip->warnings, Contains(HasSubstr("6 joints in 1 frames without a finite position")));
}

TEST_F(BvhReader, StopsWhenAsked) {
  std::stop_source stop;
  ReadOptions options;
  options.stop = stop.get_token();
  options.progress = [&](const Progress&) { stop.request_stop(); };
  const std::vector<std::string> rows(2000, "0 95 0 0 0 0 0 0 0 0 0 0 0 0 0");
  EXPECT_THAT(reading("a.bvh", test::bvh_text(rows), options), ThrowsError(Code::cancelled, HasSubstr("cancelled")));
}

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

using C3dReader = MocapReader;

TEST_F(C3dReader, ReadsAllProcessorsInIntegersAndReals) {
  for (const int processor : {84, 85, 86}) {
    for (const bool real : {true, false}) {
      test::C3dSpec spec;
      spec.processor = processor;
      spec.real = real;
      spec.analog = 5;
      const ClipPtr clip = read("a.c3d", test::c3d_file(spec));
      SCOPED_TRACE(testing::Message() << "processor " << processor << (real ? " real" : " integer"));
      EXPECT_THAT(clip->layout->joints, ElementsAre("LHIP", "RHIP", "HEAD"));
      EXPECT_EQ(clip->frames, 4U);
      EXPECT_EQ(clip->fps, 100.0);
      EXPECT_EQ(clip->unit, "mm");
      EXPECT_THAT(clip->warnings, IsEmpty());
      for (std::size_t t = 0; t < 4; ++t) {
        for (std::size_t p = 0; p < 3; ++p) {
          if (t == 1 && p == 0) continue;
          const auto value = [&](std::size_t axis) { return static_cast<float>(test::c3d_value(t, p, axis) / 1000.0); };
          expect_at(*clip, t, spec.labels[p], {-value(0), value(2), value(1)});  // z is up
        }
      }
      EXPECT_EQ(state(*clip, 1, "LHIP"), JointState::missing);
      EXPECT_EQ(at(*clip, 1, "LHIP"), Vec3{});
      EXPECT_EQ(state(*clip, 1, "RHIP"), JointState::given);
    }
  }
}

TEST_F(C3dReader, FollowsTheScreenAxes) {
  test::C3dSpec spec;
  spec.x_screen = "+Z";
  spec.y_screen = "+Y";
  const auto value = [](std::size_t axis) { return static_cast<float>(test::c3d_value(0, 2, axis) / 1000.0); };
  // Right is z and up is y, so towards the viewer is z cross y = -x.
  expect_at(*read("a.c3d", test::c3d_file(spec)), 0, "HEAD", {-value(2), value(1), value(0)});
  spec.x_screen = "-X";
  spec.y_screen = "+Z";
  expect_at(*read("a.c3d", test::c3d_file(spec)), 0, "HEAD", {value(0), value(2), -value(1)});
  spec.x_screen = "+Y";
  spec.y_screen = "+Y";
  EXPECT_THAT(read("a.c3d", test::c3d_file(spec))->warnings, ElementsAre(HasSubstr("the same axis")));
}

TEST_F(C3dReader, ConvertsUnits) {
  test::C3dSpec spec;
  spec.units = "cm ";
  EXPECT_NEAR(at(*read("a.c3d", test::c3d_file(spec)), 0, "HEAD")[0], -0.5F, 1e-6);
  spec.units = "ells";
  EXPECT_THAT(read("a.c3d", test::c3d_file(spec))->warnings, ElementsAre("unknown unit 'ells'; taken as mm"));
  spec.units = "";
  EXPECT_THAT(read("a.c3d", test::c3d_file(spec))->warnings, ElementsAre("the file states no unit; taken as mm"));
}

TEST_F(C3dReader, ContinuesLabelsInFurtherParameters) {
  test::C3dSpec spec;
  spec.labels = {"a", "b", "c", "d", "e"};
  spec.labels_a_parameter = 2;
  EXPECT_THAT(read("a.c3d", test::c3d_file(spec))->layout->joints, ElementsAre("a", "b", "c", "d", "e"));
}

TEST_F(C3dReader, LeavesOutWhatIsNoPosition) {
  test::C3dSpec spec;
  spec.labels = {"LHIP", "LHipAng", "HEAD"};
  spec.angles = {"LHipAng"};
  const ClipPtr clip = read("a.c3d", test::c3d_file(spec));
  EXPECT_THAT(clip->layout->joints, ElementsAre("LHIP", "HEAD"));
  EXPECT_NEAR(at(*clip, 0, "HEAD")[0], -0.05F, 1e-6) << "the third point";
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("1 of 3 points are angles")));
}

TEST_F(C3dReader, TrimsAHeaderThatPromisesMore) {
  test::C3dSpec spec;
  spec.stated_frames = 1000;
  const ClipPtr clip = read("a.c3d", test::c3d_file(spec));
  EXPECT_EQ(clip->frames, 4U);
  EXPECT_THAT(clip->warnings, ElementsAre("1000 frames are stated, the file holds 4; the rest is missing"));
}

TEST_F(C3dReader, NamesWhatIsWrong) {
  std::string bytes = test::c3d_file({});
  bytes[515] = 12;
  EXPECT_THAT(reading("a.c3d", bytes),
              ThrowsError(Code::bad_format, HasSubstr("byte 516: processor 12, expected 84 (Intel)")));
  EXPECT_THAT(reading("a.c3d", "short"), ThrowsError(Code::bad_format, HasSubstr("no C3D header")));
  test::C3dSpec none;
  none.frames = 0;
  EXPECT_THAT(reading("a.c3d", test::c3d_file(none)), ThrowsError(Code::bad_format, HasSubstr("truncated")));
}

using CsvReader = MocapReader;

TEST_F(CsvReader, ReadsItsOwnForm) {
  const ClipPtr clip = read("a.csv",
                            "# layout: own\n# unit: cm\n# parents: 0 0\n# label: wave, twice\n"
                            "time,7:hip.x,7:hip.y,7:hip.z,7:hand.x,7:hand.y,7:hand.z,7:hand.state,"
                            "x:hand.x,x:hand.y,x:hand.z,x:hip.x,x:hip.y,x:hip.z\n"
                            "2.5,1,2,3,4,5,6,inferred,7,8,9,10,11,12\n"
                            "2.7,1,2,3,,,,missing,7,8,9,,,\n");
  EXPECT_EQ(clip->format, "csv");
  EXPECT_THAT(clip->layout->joints, ElementsAre("hip", "hand"));
  EXPECT_THAT(clip->layout->parent, ElementsAre(0, 0));
  EXPECT_EQ(clip->unit, "cm");
  EXPECT_EQ(clip->label, "wave, twice");
  EXPECT_EQ(clip->fps, std::nullopt);
  ASSERT_EQ(clip->persons.size(), 2U);
  EXPECT_EQ(clip->persons[0].id, "7");
  EXPECT_EQ(clip->persons[1].id, "x");
  EXPECT_NEAR(clip->times[1], 0.2, 1e-12);
  expect_at(*clip, 0, "hand", {0.04F, 0.05F, 0.06F});
  EXPECT_EQ(state(*clip, 0, "hand"), JointState::inferred);
  EXPECT_EQ(state(*clip, 1, "hand"), JointState::missing);
  EXPECT_EQ(at(*clip, 0, "hip", 1), (Vec3{0.1F, 0.11F, 0.12F}));
  EXPECT_EQ(state(*clip, 1, "hip", 1), JointState::missing);
  EXPECT_THAT(clip->warnings, IsEmpty());
}

TEST_F(CsvReader, ReadsTablesOfConverters) {
  for (const char* header :
       {"Time,Hips.x,Hips.y,Hips.z,Head.x,Head.y,Head.z", "time,Hips_X,Hips_Y,Hips_Z,Head_X,Head_Y,Head_Z",
        "time,Hips X,Hips Y,Hips Z,Head X,Head Y,Head Z", "Time,Hips.X,Hips.Y,Hips.Z,Head.X,Head.Y,Head.Z",
        "\"Time\",\"Hips_position_x\",\"Hips_position_y\",\"Hips_position_z\",Head_pos_x,Head_pos_y,Head_pos_z"}) {
    const ClipPtr clip = read("a.csv", std::string(header) + "\n0,1,2,3,10,172,30\n0.5,1,2,3,10,172,30\n");
    EXPECT_THAT(clip->layout->joints, ElementsAre("Hips", "Head")) << header;
    expect_at(*clip, 1, "Head", {-0.1F, 1.72F, -0.3F});
    EXPECT_EQ(clip->rate(), 2.0);
    EXPECT_EQ(clip->unit, "cm");
  }
}

TEST_F(CsvReader, KnowsSemicolonsTabsAndDecimalCommas) {
  const ClipPtr semicolons =
      read("a.csv", "\xEF\xBB\xBF# unit: m\r\n# up: z\r\ntime_ms;a.x;a.y;a.z;\r\n0;1,5;2;3;\r\n500;1,5;2;3;\r\n");
  expect_at(*semicolons, 1, "a", {-1.5F, 3, 2});
  EXPECT_NEAR(semicolons->times[1], 0.5, 1e-12);
  const ClipPtr tabs = read("a.tsv", "frame\ta.x\ta.y\ta.z\n1\t1.5\t2\t3\n2\t1.5\t2\t3\n");
  EXPECT_EQ(tabs->frames, 2U);
  EXPECT_THAT(tabs->warnings, Contains(HasSubstr("taken as 30 fps")));
}

TEST_F(CsvReader, PassesOverRotations) {
  const ClipPtr clip =
      read("a.csv", "Hips.x,Hips.y,Hips.z,Hips_rotation_x,Hips_rotation_y,Hips_rotation_z,quality\n1,2,3,4,5,6,7\n");
  EXPECT_THAT(clip->layout->joints, ElementsAre("Hips"));
  EXPECT_THAT(clip->warnings, Contains("4 columns are no positions and were ignored"));
}

TEST_F(CsvReader, FitsALayoutByNames) {
  const auto ntu = joint_layout("ntu25");
  std::string header = "time";
  std::string row = "0";
  for (std::size_t j = ntu->size(); j-- > 0;) {  // in any order, with underscores
    std::string name = ntu->joints[j];
    std::ranges::replace(name, ' ', '_');
    for (const char axis : {'x', 'y', 'z'}) header += "," + name + "." + axis;
    row += "," + std::to_string(j) + ",0,0";
  }
  ReadOptions options;
  options.layout = "ntu25";
  const ClipPtr clip = read("a.csv", "# up: y\n" + header + "\n" + row + "\n", options);
  EXPECT_EQ(clip->layout->id, "ntu25");
  const float unit = clip->persons[0].joints[1][0];
  for (std::size_t j = 0; j < ntu->size(); ++j)
    EXPECT_NEAR(clip->persons[0].joints[j][0], unit * static_cast<float>(j), 1e-4);
  options.layout = "coco17";
  EXPECT_THAT(reading("a.csv", header + "\n" + row + "\n", options),
              ThrowsError(Code::shape_mismatch, HasSubstr("layout coco17 needs a joint 'nose'")));
  EXPECT_THAT(reading("a.csv", "# layout: ntu26\n" + header + "\n" + row + "\n"),
              ThrowsError(Code::not_found, AllOf(HasSubstr("a.csv"), HasSubstr("ntu26"))));
}

TEST_F(CsvReader, NamesLineAndColumn) {
  const std::string header = "time,a.x,a.y,a.z\n";
  EXPECT_THAT(reading("a.csv", header + "0,1,2,3\n1,1,2\n"),
              ThrowsError(Code::bad_format, HasSubstr("line 3: 3 cells, expected 4")));
  EXPECT_THAT(reading("a.csv", header + "0,1,2,3,4\n"), ThrowsError(Code::bad_format, HasSubstr("line 2: more cells")));
  EXPECT_THAT(reading("a.csv", header + "0,1,two,3\n"),
              ThrowsError(Code::bad_format, HasSubstr("line 2: column 3: found 'two', expected a number")));
  EXPECT_THAT(reading("a.csv", header + "1,1,2,3\n0,1,2,3\n"),
              ThrowsError(Code::bad_format, HasSubstr("line 3: the time 0 s")));
  EXPECT_THAT(reading("a.csv", header), ThrowsError(Code::bad_format, HasSubstr("no row")));
  EXPECT_THAT(reading("a.csv", "time,a.x,a.y\n0,1,2\n"),
              ThrowsError(Code::bad_format, HasSubstr("joint 'a' has no column z")));
  EXPECT_THAT(reading("a.csv", "time,a.x,a.y,a.z,a.x\n0,1,2,3,4\n"),
              ThrowsError(Code::bad_format, HasSubstr("two columns")));
  ReadOptions options;
  options.format = "csv";
  EXPECT_THAT(reading("a.csv", "year,sales\n2020,7\n", options),
              ThrowsError(Code::bad_format, HasSubstr("line 1: no column is a coordinate")));
  EXPECT_THAT(reading("a.csv", "# unit: ells\n" + header + "0,1,2,3\n"),
              ThrowsError(Code::bad_format, HasSubstr("expected m, cm, mm or in")));
  EXPECT_THAT(reading("a.csv", "# layout: own\ntime,1:a.x,1:a.y,1:a.z,2:b.x,2:b.y,2:b.z\n0,1,2,3,4,5,6\n"),
              ThrowsError(Code::bad_format, HasSubstr("joint 'b' of person '1' has no column x")));
}

TEST_F(CsvReader, LeavesOtherTablesAlone) {
  for (const char* name : {"sales.csv", "descriptions.tsv"}) {
    EXPECT_EQ(recognise_format(folder_.write(name, "label\tsentence\nsit down\tthis body goes down\n")), nullptr);
  }
  EXPECT_NE(recognise_format(folder_.write("no_extension", "# layout: own\ntime,1:a.x,1:a.y,1:a.z\n")), nullptr);
}

TEST_F(CsvReader, PersonsTimesJointsIsBoundedByTheColumns) {
  std::string header = "# unit: m\ntime";
  for (int i = 0; i < 3000; ++i) header += fmt::format(",{0}:j{0}.x", i);
  EXPECT_THAT(reading("a.csv", header + "\n0\n"),
              ThrowsError(Code::bad_format, HasSubstr("each person needs each joint")));
}

/// Real recordings of HDM05 (Müller et al. 2007): facts that hold for a person, whatever the reader does.
class Hdm05Data : public testing::Test {
 protected:
  static ClipPtr read(const char* name) { return read_clip(test::shared_dir() / "data" / "hdm05-amc" / name); }

  static Vec3d at(const Clip& clip, std::size_t frame, const char* joint) {
    const Vec3& p =
        clip.persons[0].joints[frame * clip.joint_count() + static_cast<std::size_t>(clip.layout->joint(joint))];
    return {p[0], p[1], p[2]};
  }

  static void expect_a_person(const Clip& clip) {
    EXPECT_EQ(clip.joint_count(), 31U);
    EXPECT_EQ(clip.fps, 120.0);
    for (std::size_t t = 0; t < clip.frames; ++t) {
      EXPECT_NEAR(norm(subtract(at(clip, t, "ltibia"), at(clip, t, "lfemur"))), 6.83263 * 0.0254 / 0.45, 1e-5);
      const double lowest = std::min(at(clip, t, "lfoot")[1], at(clip, t, "rfoot")[1]);
      EXPECT_GT(lowest, -0.05) << "frame " << t;
      EXPECT_LT(lowest, 0.15) << "frame " << t;
      // Forward from ankle to toes; left is up cross forward in a right-handed frame.
      const Vec3d forward = add(subtract(at(clip, t, "ltoes"), at(clip, t, "ltibia")),
                                subtract(at(clip, t, "rtoes"), at(clip, t, "rtibia")));
      const Vec3d left = cross({0, 1, 0}, forward);
      EXPECT_GT(dot(left, subtract(at(clip, t, "lhipjoint"), at(clip, t, "rhipjoint"))), 0.0) << "frame " << t;
    }
  }
};

TEST_F(Hdm05Data, ASquatLowersTheHipsAndComesUpAgain) {
  PURLSCOPE_NEEDS_SHARED();
  const ClipPtr clip = read("HDM_mm_squat1Reps_037_120.amc");
  EXPECT_EQ(clip->label, "squat1Reps");
  EXPECT_EQ(clip->frames, 189U);
  EXPECT_THAT(clip->warnings, IsEmpty());
  expect_a_person(*clip);
  double lowest = 10.0;
  for (std::size_t t = 0; t < clip->frames; ++t) lowest = std::min(lowest, at(*clip, t, "root")[1]);
  const double first = at(*clip, 0, "root")[1];
  const double last = at(*clip, clip->frames - 1, "root")[1];
  EXPECT_GT(first, 0.8);
  EXPECT_LT(lowest, first - 0.3);
  EXPECT_NEAR(last, first, 0.15);
  EXPECT_NEAR(at(*clip, 0, "head")[1], 1.65, 0.2);
}

TEST_F(Hdm05Data, ADepositReachesTheFloorWithTheRightHand) {
  PURLSCOPE_NEEDS_SHARED();
  const ClipPtr clip = read("HDM_mm_depositFloorR_019_120.amc");
  expect_a_person(*clip);
  double left = 10.0;
  double right = 10.0;
  for (std::size_t t = 0; t < clip->frames; ++t) {
    left = std::min(left, at(*clip, t, "lhand")[1]);
    right = std::min(right, at(*clip, t, "rhand")[1]);
  }
  EXPECT_LT(right, 0.3);
  EXPECT_GT(left, right);
}

}  // namespace
}  // namespace purlscope::core
