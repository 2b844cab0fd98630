#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/formats/registry.h"
#include "tests/core/formats/mocap/mocap_reader.h"
#include "tests/core/formats/samples/mocap_samples.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::MocapReader;
using test::replaced;
using test::ThrowsError;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

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

}  // namespace
}  // namespace purlscope::core
