#include "core/base/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using testing::HasSubstr;

TEST(JointLayouts, TheTwoKinectLayoutsAreThere) {
  EXPECT_THAT(joint_layout_ids(), testing::IsSupersetOf({"kinect20", "ntu25"}));
  EXPECT_EQ(joint_layout("ntu25")->size(), 25U);
  EXPECT_EQ(joint_layout("kinect20")->size(), 20U);
}

TEST(JointLayouts, IndicesFollowTheSdkLists) {
  const auto ntu = joint_layout("ntu25");
  EXPECT_EQ(ntu->joint("spine base"), 0);
  EXPECT_EQ(ntu->joint("left wrist"), 6);
  EXPECT_EQ(ntu->joint("right foot"), 19);
  EXPECT_EQ(ntu->joint("spine shoulder"), 20);
  EXPECT_EQ(ntu->joint("right thumb"), 24);
  const auto kinect = joint_layout("kinect20");
  EXPECT_EQ(kinect->joint("head"), 3);
  EXPECT_EQ(kinect->joint("left hand"), 7);
}

TEST(JointLayouts, OwnLayoutKeepsNamesAndFindsTheOtherSide) {
  const std::vector<std::string> names = {"Hips",  "LeftUpLeg", "RightUpLeg", "lfemur",   "rfemur",
                                          "arm.L", "arm.R",     "J_L_Hand",   "J_R_Hand", "lower back"};
  const auto layout = own_layout("a rig", names, {0, 0, 0, 1, 2, 0, 0, 5, 6, 0});
  EXPECT_EQ(layout->id, "own");
  EXPECT_EQ(layout->joints, names);
  EXPECT_EQ(layout->mirror, (std::vector<int>{0, 2, 1, 4, 3, 6, 5, 8, 7, 9}));
  EXPECT_EQ(layout->bones.size(), 9U);
  EXPECT_TRUE(own_layout("points", {"LASI", "RASI"}, {})->bones.empty());
}

TEST(JointLayouts, OwnLayoutRefusesBrokenTrees) {
  const auto make = [](std::vector<std::string> joints, std::vector<int> parent) {
    return [=] { own_layout("broken", joints, parent); };
  };
  EXPECT_THAT(make({}, {}), test::ThrowsError(Code::bad_argument, HasSubstr("at least one")));
  EXPECT_THAT(make({"a", "b"}, {0, 2}), test::ThrowsError(Code::bad_argument, HasSubstr("joint 1 is 2")));
  EXPECT_THAT(make({"a", "b", "c"}, {0, 2, 1}), test::ThrowsError(Code::bad_argument, HasSubstr("ancestor")));
}

TEST(JointLayouts, EveryLayoutIsATreeWithAMatchingMirror) {
  for (const std::string& id : joint_layout_ids()) {
    const auto layout = joint_layout(id);
    for (std::size_t j = 0; j < layout->size(); ++j) {
      const auto other = static_cast<std::size_t>(layout->mirror[j]);
      EXPECT_EQ(layout->mirror[other], static_cast<int>(j)) << id << " " << layout->joints[j];
      const bool left = layout->joints[j].starts_with("left ");
      if (left) {
        EXPECT_EQ(layout->joints[other], "right " + layout->joints[j].substr(5)) << id;
      }
      std::size_t steps = 0;
      for (auto k = j; layout->parent[k] != static_cast<int>(k); k = static_cast<std::size_t>(layout->parent[k])) {
        ASSERT_LT(++steps, layout->size()) << id << ": " << layout->joints[j] << " never reaches the root";
      }
    }
    EXPECT_EQ(layout->bones.size() + 1, layout->size()) << id << " hangs together";
  }
}

TEST(JointLayouts, UnknownNamesListTheKnown) {
  EXPECT_THAT([] { joint_layout("moon13"); }, test::ThrowsError(Code::not_found, HasSubstr("ntu25")));
  EXPECT_THAT([] { joint_layout("ntu25")->joint("tail"); },
              test::ThrowsError(Code::not_found, HasSubstr("left thumb")));
}

TEST(JointLayouts, OneLayoutIsLoadedOnce) { EXPECT_EQ(joint_layout("ntu25"), joint_layout("ntu25")); }

}  // namespace
}  // namespace purlscope::core
