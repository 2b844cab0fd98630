#include "core/skeleton/joint_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace purlscope::core {
namespace {

using testing::ElementsAre;

TEST(JointNames, SpellingsOfOneNameAreEqual) {
  for (const char* name : {"left hand tip", "HandTipLeft", "HAND_TIP_LEFT", "HANDTIP_LEFT", "l_hand_tip", "hand.tip.L",
                           "LHandTip", "rig:LeftHandTip", "Body|left-hand-tip"}) {
    EXPECT_EQ(comparable_name(name), "lefthandtip") << name;
  }
  EXPECT_EQ(comparable_name("HipCenter"), comparable_name("hip centre"));
  EXPECT_EQ(comparable_name("MidHip"), comparable_name("middle hip"));
  EXPECT_EQ(comparable_name("RBigToe"), comparable_name("right big toe"));
}

TEST(JointNames, LettersThatOnlyLookLikeASideStay) {
  EXPECT_EQ(comparable_name("lfemur"), "lfemur");
  EXPECT_EQ(comparable_name("LASI"), "lasi");
  EXPECT_EQ(comparable_name("LowerBack"), "lowerback");
  EXPECT_EQ(comparable_name("Root"), "root");
  EXPECT_EQ(comparable_name("Spine1"), "spine1");
}

TEST(JointNames, SidesStayApart) {
  EXPECT_NE(comparable_name("thigh_l"), comparable_name("thigh_r"));
  EXPECT_NE(comparable_name("LeftArm"), comparable_name("RightArm"));
}

TEST(JointNames, OddNamesAreNoTrouble) {
  EXPECT_EQ(comparable_name(""), "");
  EXPECT_EQ(comparable_name("..::"), "");
  EXPECT_EQ(comparable_name("subject:"), "subject");
  EXPECT_EQ(comparable_name("\xE5\xB7\xA6\xE8\x85\x95"), "\xE5\xB7\xA6\xE8\x85\x95") << "other scripts are kept";
}

TEST(JointNames, AWordInFrontOfAllNamesIsDropped) {
  EXPECT_THAT(comparable_names({"Bip01", "Bip01 Pelvis", "Bip01 L Thigh"}),
              ElementsAre("bip01", "pelvis", "leftthigh"));
  EXPECT_THAT(comparable_names({"S01_LASI", "S01_RASI"}), ElementsAre("lasi", "rasi"));
  EXPECT_THAT(comparable_names({"Hips", "LeftArm"}), ElementsAre("hips", "leftarm"));
  EXPECT_THAT(comparable_names({"Hips Root"}), ElementsAre("hipsroot")) << "one name shares nothing";
}

}  // namespace
}  // namespace purlscope::core
