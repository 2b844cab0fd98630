#include "core/skeleton/retarget.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/formats/registry.h"
#include "tests/support/shared.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

struct Pose {
  std::vector<Vec3> joints;
  std::vector<JointState> state;
};

Pose apply(const RetargetMap& map, const Pose& in) {
  Pose out{std::vector<Vec3>(map.to->size()), std::vector<JointState>(map.to->size())};
  map.apply(in.joints.data(), in.state.data(), out.joints.data(), out.state.data());
  return out;
}

/// Joint j stands at (j, 2j, -j).
Pose numbered(std::size_t joints) {
  Pose pose;
  for (std::size_t j = 0; j < joints; ++j) {
    const auto v = static_cast<float>(j);
    pose.joints.push_back({v, 2 * v, -v});
  }
  pose.state.assign(joints, JointState::given);
  return pose;
}

TEST(Retarget, EqualLayoutsAreCopied) {
  const Pose pose = numbered(25);
  const Pose out = apply(*retarget_map("ntu25", "ntu25"), pose);
  EXPECT_EQ(out.joints, pose.joints);
  EXPECT_EQ(out.state, pose.state);
}

TEST(Retarget, Ntu25ToKinect20TakesJointsByNameAndSpineShoulderForShoulderCentre) {
  const auto map = retarget_map("ntu25", "kinect20");
  const Pose out = apply(*map, numbered(25));
  // Kinect v2 index of each v1 joint, by the two SDK lists.
  const std::vector<float> expected = {0, 1, 20, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
  for (std::size_t j = 2; j < 20; ++j) {
    EXPECT_EQ(out.joints[j][0], expected[j]) << map->to->joints[j];
    EXPECT_EQ(out.state[j], JointState::given);
  }
  EXPECT_FLOAT_EQ(out.joints[0][0], 0.27F) << "hip centre: between spine base 0 and spine middle 1";
  EXPECT_FLOAT_EQ(out.joints[1][0], 0.52F);
  EXPECT_EQ(out.state[0], JointState::inferred);
}

TEST(Retarget, AttentionComesBackToTheSourcesAndLeavesOtherJointsHollow) {
  const auto map = retarget_map("ntu25", "kinect20");
  std::vector<float> values(20);
  for (std::size_t j = 0; j < 20; ++j) values[j] = static_cast<float>(j) / 20.0F;
  const std::vector<float> back = map->map_back(values);
  ASSERT_EQ(back.size(), 25U);
  EXPECT_EQ(back[20], values[2]) << "spine shoulder shows the shoulder centre";
  EXPECT_EQ(back[11], values[11]);
  EXPECT_FLOAT_EQ(back[0], 0.73F * values[0] + 0.48F * values[1])
      << "what the spine base gives to hip centre and spine";
  EXPECT_FLOAT_EQ(back[1], 0.27F * values[0] + 0.52F * values[1]);
  for (const char* hollow : {"neck", "left hand tip", "left thumb", "right hand tip", "right thumb"}) {
    EXPECT_TRUE(std::isnan(back[static_cast<std::size_t>(map->from->joint(hollow))])) << hollow;
  }
  EXPECT_THAT([&] { map->map_back({1.0F}); }, test::ThrowsError(Code::shape_mismatch, testing::HasSubstr("20 joints")));
}

TEST(Retarget, Kinect20ToNtu25CopiesLimbsAndComputesTheRest) {
  const auto map = retarget_map("kinect20", "ntu25");
  const Pose out = apply(*map, numbered(20));
  const auto at = [&](const char* name) { return static_cast<std::size_t>(map->to->joint(name)); };
  EXPECT_EQ(out.joints[at("right wrist")][0], 10.0F);
  EXPECT_EQ(out.state[at("right wrist")], JointState::given);
  EXPECT_FLOAT_EQ(out.joints[at("spine base")][0], 14.0F) << "middle of the hips 12 and 16";
  EXPECT_EQ(out.state[at("spine base")], JointState::inferred);
  EXPECT_FLOAT_EQ(out.joints[at("left hand tip")][0], 1.8F * 7 - 0.8F * 6);
  EXPECT_EQ(out.state[at("left hand tip")], JointState::inferred);
}

TEST(Retarget, MissingAndInferredSourcesShowInTheTarget) {
  Pose pose = numbered(20);
  pose.state[12] = JointState::missing;
  pose.state[10] = JointState::inferred;
  const auto map = retarget_map("kinect20", "ntu25");
  const Pose out = apply(*map, pose);
  const auto base = static_cast<std::size_t>(map->to->joint("spine base"));
  EXPECT_EQ(out.state[base], JointState::missing);
  EXPECT_EQ(out.joints[base], Vec3{});
  EXPECT_EQ(out.state[static_cast<std::size_t>(map->to->joint("right wrist"))], JointState::inferred);
}

TEST(Retarget, WeightsAddUpSoThatABodyMayStandAnywhere) {
  for (const auto& [from, to] : {std::pair("ntu25", "kinect20"), std::pair("kinect20", "ntu25")}) {
    const auto map = retarget_map(from, to);
    for (std::size_t j = 0; j < map->to->size(); ++j) {
      float sum = 0.0F;
      for (const RetargetTerm& term : map->terms[j]) sum += term.weight;
      EXPECT_NEAR(sum, 1.0F, 2e-3F) << to << " " << map->to->joints[j];
    }
  }
}

using Terms = std::vector<RetargetTerm>;

/// The published accuracies were measured with these weights.
TEST(Retarget, TheMapsBetweenTheKinectsStayAsTheyAre) {
  const auto up = retarget_map("kinect20", "ntu25");
  const auto at = [](const RetargetMap& map, const char* joint) {
    return map.terms[static_cast<std::size_t>(map.to->joint(joint))];
  };
  // kinect20: 3 head, 4 and 8 shoulders, 6 and 10 wrists, 7 and 11 hands, 12 and 16 hips
  EXPECT_EQ(at(*up, "spine base"), (Terms{{12, 0.5F}, {16, 0.5F}}));
  EXPECT_EQ(at(*up, "spine middle"), (Terms{{12, 0.1889F}, {4, 0.3111F}, {16, 0.1889F}, {8, 0.3111F}}));
  EXPECT_EQ(at(*up, "neck"), (Terms{{3, 0.348F}, {12, -0.0274F}, {4, 0.3534F}, {16, -0.0274F}, {8, 0.3534F}}));
  EXPECT_EQ(at(*up, "spine shoulder"), (Terms{{12, -0.042F}, {4, 0.542F}, {16, -0.042F}, {8, 0.542F}}));
  EXPECT_EQ(at(*up, "left hand tip"), (Terms{{7, 1.8F}, {6, -0.8F}}));
  EXPECT_EQ(at(*up, "right hand tip"), (Terms{{11, 1.8F}, {10, -0.8F}}));
  EXPECT_EQ(at(*up, "left thumb"), (Terms{{7, 1.12F}, {6, -0.12F}}));
  EXPECT_EQ(at(*up, "right thumb"), (Terms{{11, 1.12F}, {10, -0.12F}}));
  EXPECT_EQ(std::ranges::count(up->state, JointState::given), 17) << "16 joints of the limbs and the head";
  const auto down = retarget_map("ntu25", "kinect20");
  EXPECT_EQ(at(*down, "hip centre"), (Terms{{0, 0.73F}, {1, 0.27F}}));
  EXPECT_EQ(at(*down, "spine"), (Terms{{0, 0.48F}, {1, 0.52F}}));
  EXPECT_EQ(at(*down, "shoulder centre"), (Terms{{20, 1.0F}}));
  EXPECT_EQ(std::ranges::count(down->state, JointState::given), 18);
  const auto one_way = [](const auto& ways) { return ways.empty(); };
  EXPECT_TRUE(std::ranges::all_of(down->fallbacks, one_way)) << "a joint without its sources stays missing";
}

TEST(Retarget, UnknownPairsAreRefused) {
  EXPECT_THAT([] { retarget_map("kinect20", "nothing"); },
              test::ThrowsError(Code::shape_mismatch, testing::HasSubstr("kinect20 to nothing")));
}

/// Share of the way from between the hips to the shoulder centre at which a trunk joint lies, median over all frames.
double trunk_height(const Pose& pose, std::size_t joint) {
  std::array<double, 3> hips{}, axis{};
  double length = 0, along = 0;
  for (std::size_t a = 0; a < 3; ++a) {
    hips[a] = 0.5 * (pose.joints[12][a] + pose.joints[16][a]);
    axis[a] = pose.joints[2][a] - hips[a];
    length += axis[a] * axis[a];
  }
  for (std::size_t a = 0; a < 3; ++a) along += axis[a] * (pose.joints[joint][a] - hips[a]);
  return along / length;
}

std::array<double, 2> median_trunk_heights(const std::string& set, const std::string& ending) {
  std::array<std::vector<double>, 2> heights;
  const std::filesystem::path folder = test::shared_dir() / "data" / set;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().string().ends_with(ending)) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  if (files.size() > 20) files.resize(20);
  for (const auto& file : files) {
    const ClipPtr clip = read_clip(file);
    const auto map = retarget_map(clip->layout->id, "kinect20");
    const std::size_t joints = clip->joint_count();
    for (std::size_t t = 0; t < clip->frames; ++t) {
      const auto begin = clip->persons[0].joints.begin() + static_cast<std::ptrdiff_t>(t * joints);
      const Pose pose = apply(*map, {{begin, begin + static_cast<std::ptrdiff_t>(joints)},
                                     std::vector<JointState>(joints, JointState::given)});
      for (std::size_t j = 0; j < 2; ++j) heights[j].push_back(trunk_height(pose, j));
    }
  }
  std::array<double, 2> medians{};
  for (std::size_t j = 0; j < 2; ++j) {
    std::ranges::nth_element(heights[j], heights[j].begin() + static_cast<std::ptrdiff_t>(heights[j].size() / 2));
    medians[j] = heights[j][heights[j].size() / 2];
  }
  return medians;
}

/// A recogniser trained on Kinect v1 measures bodies from the hip centre, so it must lie where v1 sees it.
TEST(RetargetData, TheTrunkOfKinectV2BodiesLiesWhereKinectV1SeesIt) {
  PURLSCOPE_NEEDS_SHARED();
  const auto v1 = median_trunk_heights("utd-mhad", ".mat");
  const auto v2 = median_trunk_heights("ntu-rgbd-samples", ".skeleton");
  EXPECT_NEAR(v2[0], v1[0], 0.03) << "hip centre";
  EXPECT_NEAR(v2[1], v1[1], 0.03) << "spine";
}

/// The computed joints must lie where Kinect v2 sees them: real bodies, down to 20 joints and back up to 25.
TEST(RetargetData, TheRoundTripStaysCloseToRealBodies) {
  PURLSCOPE_NEEDS_SHARED();
  const auto down = retarget_map("ntu25", "kinect20");
  const auto up = retarget_map("kinect20", "ntu25");
  std::vector<double> error(25, 0.0);
  std::size_t frames = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::shared_dir() / "data" / "ntu-rgbd-samples")) {
    if (entry.path().extension() != ".skeleton") continue;
    const ClipPtr clip = read_clip(entry.path());
    for (std::size_t t = 0; t < clip->frames; ++t) {
      const auto begin = clip->persons[0].joints.begin() + static_cast<std::ptrdiff_t>(t * 25);
      const Pose pose{{begin, begin + 25}, std::vector<JointState>(25, JointState::given)};
      const Pose back = apply(*up, apply(*down, pose));
      for (std::size_t j = 0; j < 25; ++j) {
        error[j] += std::hypot(back.joints[j][0] - pose.joints[j][0], back.joints[j][1] - pose.joints[j][1],
                               back.joints[j][2] - pose.joints[j][2]);
      }
      ++frames;
    }
  }
  for (std::size_t j = 0; j < 25; ++j) EXPECT_LT(error[j] / static_cast<double>(frames), 0.06) << up->to->joints[j];
}

}  // namespace
}  // namespace purlscope::core
