#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/skeleton/body_points.h"
#include "core/skeleton/retarget.h"
#include "tests/core/skeleton/conventions.h"

namespace purlscope::core {
namespace {

constexpr const char* kTrunk[] = {"hip centre", "spine", "shoulder centre"};

std::size_t joint(const RetargetMap& map, const char* name) { return static_cast<std::size_t>(map.to->joint(name)); }

/// Attention of 1 on each of some joints of the model, by the recording's joints that show it.
std::map<std::string, float> shown(const RetargetMap& map, const std::vector<std::string>& joints) {
  std::vector<float> values(map.to->size(), 0.0F);
  for (const std::string& name : joints) values[joint(map, name.c_str())] = 1.0F;
  const std::vector<float> back = map.map_back(values);
  std::map<std::string, float> named;
  for (std::size_t j = 0; j < back.size(); ++j) {
    if (std::isfinite(back[j]) && back[j] > 0.0F) named[map.from->joints[j]] = back[j];
  }
  return named;
}

void expect_trunk_joints(const RetargetMap& map, const std::set<std::string>& trunk) {
  float sum = 0.0F;
  for (const auto& [name, value] : shown(map, {std::begin(kTrunk), std::end(kTrunk)})) {
    EXPECT_TRUE(trunk.contains(name)) << name << " " << value;
    sum += value;
  }
  EXPECT_NEAR(sum, 3.0F, 1e-5F);
}

class Trunks : public testing::TestWithParam<test::Convention> {};

TEST_P(Trunks, AttentionOnTheTrunkIsShownOnTheJointsOfTheTrunk) {
  expect_trunk_joints(*retarget_map(*own_layout(GetParam().title, GetParam().joints, {}), "kinect20"),
                      GetParam().trunk);
}

INSTANTIATE_TEST_SUITE_P(Conventions, Trunks, testing::ValuesIn(test::conventions()), [](const auto& tested) {
  std::string name = tested.param.title;
  std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  return name;
});

TEST(Trunk, OfLayoutsWithASpineIsShownOnTheirSpines) {
  expect_trunk_joints(*retarget_map("ntu25", "kinect20"), {"spine base", "spine middle", "spine shoulder"});
  expect_trunk_joints(*retarget_map("azure32", "kinect20"), {"pelvis", "spine navel", "spine chest", "neck"});
  expect_trunk_joints(*retarget_map("vrm", "kinect20"), {"Hips", "Spine", "Chest", "UpperChest", "Neck"});
  expect_trunk_joints(*retarget_map("body25", "kinect20"), {"middle hip", "neck"});
}

/// HDM_mm.asf: from the middle of the hips (0) to that of the shoulders (1) root lies at 0.179, lowerneck at 1.075;
/// Kinect v1 sees the hip centre at 0.16, the shoulder centre at 1.08.
TEST(Trunk, OfAcclaimSkeletonsIsMeasuredWhereABoneEndsThere) {
  const auto hdm05 = std::ranges::find(test::conventions(), std::string("HDM05"), &test::Convention::title);
  const auto map = retarget_map(*own_layout("HDM_mm.asf", hdm05->joints, {}), "kinect20");
  const auto given = [&](const char* name) { return map->state[joint(*map, name)] == JointState::given; };
  EXPECT_EQ(shown(*map, {"hip centre"}), (std::map<std::string, float>{{"root", 1.0F}}));
  EXPECT_TRUE(given("hip centre"));
  EXPECT_EQ(shown(*map, {"shoulder centre"}), (std::map<std::string, float>{{"lowerneck", 1.0F}}));
  EXPECT_TRUE(given("shoulder centre"));
  EXPECT_FALSE(given("spine")) << "between root and lowerback";
}

/// Where a file has Kinect v1's own trunk, nothing is made.
TEST(Trunk, OfKinectV1IsTakenFromFilesWithJointsOfThoseNames) {
  std::vector<std::string> joints = body_points().essential;
  joints.insert(joints.end(),
                {"HipCenter", "Spine", "ShoulderCenter", "Head", "left hand", "right hand", "left foot", "right foot"});
  const auto map = retarget_map(*own_layout("skeleton.csv", joints, {}), "kinect20");
  EXPECT_EQ(shown(*map, {"hip centre"}), (std::map<std::string, float>{{"HipCenter", 1.0F}}));
  EXPECT_EQ(shown(*map, {"spine"}), (std::map<std::string, float>{{"Spine", 1.0F}}));
  EXPECT_EQ(shown(*map, {"shoulder centre"}), (std::map<std::string, float>{{"ShoulderCenter", 1.0F}}));
  EXPECT_EQ(std::ranges::count(map->state, JointState::given), 20);
}

/// By hand: 0.73 of the hip centre is the spine base, half of each hip; 0.27 the spine middle, 0.1889 of each hip and
/// 0.3111 of each shoulder.
TEST(Trunk, WithoutASpineIsShownOnWhatItIsMadeFromByItsWeights) {
  for (const char* layout : {"coco17", "mediapipe33"}) {
    const auto back = shown(*retarget_map(layout, "kinect20"), {"hip centre"});
    ASSERT_EQ(back.size(), 4U) << layout;
    EXPECT_NEAR(back.at("left hip"), 0.5 * 0.73 + 0.1889 * 0.27, 1e-4);
    EXPECT_NEAR(back.at("right shoulder"), 0.3111 * 0.27, 1e-4);
  }
}

/// The hand is 1.26 wrists less 0.26 elbows: beyond the wrist, so it is shown there and nowhere else.
TEST(Trunk, NothingIsShownOnAJointThatIsSubtracted) {
  const auto map = retarget_map("coco17", "kinect20");
  EXPECT_EQ(shown(*map, {"left hand"}), (std::map<std::string, float>{{"left wrist", 1.0F}}));
  EXPECT_EQ(shown(*map, {"left wrist", "left hand"}), (std::map<std::string, float>{{"left wrist", 2.0F}}))
      << "what two joints of the model get adds up";
}

}  // namespace
}  // namespace purlscope::core
