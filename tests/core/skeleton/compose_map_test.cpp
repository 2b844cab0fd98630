#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/skeleton/body_points.h"
#include "core/skeleton/retarget.h"
#include "tests/core/skeleton/conventions.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using testing::AllOf;
using testing::HasSubstr;

using Names = std::vector<std::string>;
using Ways = std::vector<std::vector<RetargetTerm>>;

/// Every way to make a joint, the best one first.
Ways ways(const RetargetMap& map, std::size_t joint) {
  Ways all;
  if (!map.terms[joint].empty()) all.push_back(map.terms[joint]);
  all.insert(all.end(), map.fallbacks[joint].begin(), map.fallbacks[joint].end());
  return all;
}

/// The sources of a target joint by name.
std::map<std::string, float> sources(const RetargetMap& map, std::string_view joint) {
  std::map<std::string, float> named;
  for (const RetargetTerm& term : map.terms[static_cast<std::size_t>(map.to->joint(joint))]) {
    named[map.from->joints[static_cast<std::size_t>(term.source)]] = term.weight;
  }
  return named;
}

std::string copied(const RetargetMap& map, std::string_view joint) {
  const auto from = sources(map, joint);
  const bool given = map.state[static_cast<std::size_t>(map.to->joint(joint))] == JointState::given;
  return given && from.size() == 1 ? from.begin()->first : "";
}

class EveryPair : public testing::TestWithParam<std::string> {
 protected:
  static std::vector<std::shared_ptr<const RetargetMap>> maps() {
    std::vector<std::shared_ptr<const RetargetMap>> all;
    for (const std::string& to : joint_layout_ids()) all.push_back(retarget_map(GetParam(), to));
    return all;
  }
};

TEST_P(EveryPair, WeightsAddUpToOneSoThatABodyMayStandAnywhere) {
  for (const auto& map : maps()) {
    for (std::size_t j = 0; j < map->to->size(); ++j) {
      for (const auto& terms : ways(*map, j)) {
        float sum = 0.0F;
        for (const RetargetTerm& term : terms) sum += term.weight;
        EXPECT_NEAR(sum, 1.0F, 2e-3F) << map->from->id << " to " << map->to->id << ": " << map->to->joints[j];
      }
    }
  }
}

TEST_P(EveryPair, LeftIsMadeFromLeftAsRightFromRight) {
  for (const auto& map : maps()) {
    const auto mirrored = [&](Ways sides) {
      for (auto& terms : sides) {
        for (RetargetTerm& term : terms) term.source = map->from->mirror[static_cast<std::size_t>(term.source)];
        std::ranges::sort(terms, {}, &RetargetTerm::source);
      }
      return sides;
    };
    const auto sorted = [](Ways sides) {
      for (auto& terms : sides) std::ranges::sort(terms, {}, &RetargetTerm::source);
      return sides;
    };
    for (std::size_t j = 0; j < map->to->size(); ++j) {
      const auto other = static_cast<std::size_t>(map->to->mirror[j]);
      const Ways expected = mirrored(ways(*map, other));
      const Ways found = sorted(ways(*map, j));
      ASSERT_EQ(found.size(), expected.size());
      for (std::size_t w = 0; w < found.size(); ++w) {
        ASSERT_EQ(found[w].size(), expected[w].size());
        for (std::size_t t = 0; t < found[w].size(); ++t) {
          EXPECT_EQ(found[w][t].source, expected[w][t].source) << map->to->id << ": " << map->to->joints[j];
          EXPECT_NEAR(found[w][t].weight, expected[w][t].weight, 1e-5F) << map->to->id << ": " << map->to->joints[j];
        }
      }
      EXPECT_EQ(map->state[j], map->state[other]);
    }
  }
}

/// Essential points that the layout has joints of. OpenNI has hands for wrists and feet for ankles.
std::vector<std::string> measured_limbs(const std::string& layout) {
  std::vector<std::string> limbs = body_points().essential;
  if (layout == "openni15") {
    std::erase_if(limbs, [](const std::string& limb) { return limb.ends_with("wrist") || limb.ends_with("ankle"); });
  }
  return limbs;
}

TEST_P(EveryPair, ModelsGetAllOfTheirJointsAndTheLimbsAsMeasured) {
  for (const char* model : {"ntu25", "kinect20"}) {
    const auto map = retarget_map(GetParam(), model);
    for (std::size_t j = 0; j < map->to->size(); ++j) {
      EXPECT_NE(map->state[j], JointState::missing) << model << " " << map->to->joints[j];
    }
    for (const std::string& limb : measured_limbs(GetParam()))
      EXPECT_NE(copied(*map, limb), "") << model << " " << limb;
  }
}

/// Sum of what came back; joints without a target are NaN.
double total(const std::vector<float>& values) {
  double sum = 0.0;
  for (const float value : values) sum += std::isnan(value) ? 0.0 : static_cast<double>(value);
  return sum;
}

TEST_P(EveryPair, AllAttentionComesBackAndThatOnTheLimbsToThem) {
  for (const char* model : {"ntu25", "kinect20"}) {
    const auto map = retarget_map(GetParam(), model);
    std::vector<float> values(map->to->size());
    for (std::size_t j = 0; j < values.size(); ++j) {
      values[j] = 1.0F + static_cast<float>(j);
      std::vector<float> one(values.size(), 0.0F);
      one[j] = 1.0F;
      const std::vector<float> back = map->map_back(one);
      EXPECT_NEAR(total(back), 1.0, 1e-5) << map->to->joints[j];
      EXPECT_TRUE(std::ranges::none_of(back, [](float value) { return value < 0.0F; })) << map->to->joints[j];
    }
    const std::vector<float> back = map->map_back(values);
    EXPECT_NEAR(total(back), total(values), 1e-3) << model;
    for (const std::string& limb : measured_limbs(GetParam())) {
      const auto source = static_cast<std::size_t>(map->from->joint(copied(*map, limb)));
      EXPECT_GE(back[source], values[static_cast<std::size_t>(map->to->joint(limb))]) << limb;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Layouts, EveryPair, testing::ValuesIn(joint_layout_ids()));

TEST(ComposedMaps, PlanarHeadsLieBetweenTheEarsElseAtTheNoseElseAboveTheTrunk) {
  const auto map = retarget_map("coco18", "ntu25");
  std::vector<Vec3> pose(18), out(25);
  std::vector<JointState> state(18, JointState::given), made(25);
  const auto at = [&](const char* joint) { return static_cast<std::size_t>(map->from->joint(joint)); };
  pose[at("left shoulder")] = {-1, 10, 0};
  pose[at("right shoulder")] = {1, 10, 0};
  pose[at("left ear")] = {-0.5F, 13, 0};
  pose[at("right ear")] = {0.5F, 13, 0};
  pose[at("nose")] = {0.2F, 12, 0};
  const auto head = [&] {
    map->apply(pose.data(), state.data(), out.data(), made.data());
    return out[static_cast<std::size_t>(map->to->joint("head"))];
  };
  EXPECT_NEAR(head()[1], 10 + 1.18 * 3, 1e-4) << "1.18 of the way from the shoulders to the ears";
  EXPECT_NEAR(head()[0], 0.0, 1e-5);
  state[at("left ear")] = JointState::missing;
  EXPECT_NEAR(head()[1], 12 + 0.1 * 10, 1e-4) << "a tenth of the trunk above the nose";
  EXPECT_NEAR(head()[0], 0.2, 1e-5);
  EXPECT_EQ(made[3], JointState::inferred);
  state[at("nose")] = JointState::missing;
  EXPECT_NEAR(head()[1], 14.69, 1e-4) << "1.469 of the trunk above the hips";
  state[at("left shoulder")] = JointState::missing;
  head();
  EXPECT_EQ(made[3], JointState::missing);
}

TEST(ComposedMaps, TheNeckOfOpenPoseIsTheMiddleOfTheShouldersNotKinectsNeck) {
  for (const char* id : {"coco18", "body25"}) {
    EXPECT_FALSE(sources(*retarget_map(id, "ntu25"), "neck").contains("neck")) << id;
    EXPECT_EQ(sources(*retarget_map("ntu25", id), "neck"),
              (std::map<std::string, float>{{"left shoulder", 0.5F}, {"right shoulder", 0.5F}}));
  }
}

TEST(ComposedMaps, FeetComeFromToesWhereThereAreAny) {
  EXPECT_EQ(sources(*retarget_map("body25", "kinect20"), "left foot"),
            (std::map<std::string, float>{{"left ankle", 0.2F}, {"left big toe", 0.8F}}));
  EXPECT_EQ(sources(*retarget_map("coco17", "kinect20"), "left foot"),
            (std::map<std::string, float>{{"left ankle", 1.11F}, {"left knee", -0.11F}}));
  EXPECT_EQ(copied(*retarget_map("azure32", "kinect20"), "left foot"), "left foot");
}

class OwnLayouts : public testing::TestWithParam<test::Convention> {};

TEST_P(OwnLayouts, FollowTheConventionOfTheirNames) {
  const auto map = retarget_map(*own_layout(GetParam().title, GetParam().joints, {}), "ntu25");
  for (const auto& [joint, own] : GetParam().copies) EXPECT_EQ(copied(*map, joint), own) << joint;
  for (std::size_t j = 0; j < 25; ++j) EXPECT_FALSE(map->terms[j].empty()) << map->to->joints[j];
  for (std::size_t j = 0; j < 25; ++j) {
    float sum = 0.0F;
    for (const RetargetTerm& term : map->terms[j]) sum += term.weight;
    EXPECT_NEAR(sum, 1.0F, 2e-3F) << map->to->joints[j];
  }
}

TEST_P(OwnLayouts, KeepLeftAndRightApart) {
  const auto map = retarget_map(*own_layout(GetParam().title, GetParam().joints, {}), "ntu25");
  for (std::size_t j = 0; j < 25; ++j) {
    std::set<std::pair<int, float>> here, there;
    for (const RetargetTerm& term : map->terms[j]) here.emplace(term.source, term.weight);
    for (const RetargetTerm& term : map->terms[static_cast<std::size_t>(map->to->mirror[j])]) {
      there.emplace(map->from->mirror[static_cast<std::size_t>(term.source)], term.weight);
    }
    EXPECT_EQ(here, there) << map->to->joints[j];
  }
}

TEST_P(OwnLayouts, TheOrderOfTheJointsDoesNotMatter) {
  Names reversed = GetParam().joints;
  std::ranges::reverse(reversed);
  const auto map = retarget_map(*own_layout(GetParam().title, GetParam().joints, {}), "kinect20");
  const auto other = retarget_map(*own_layout(GetParam().title, reversed, {}), "kinect20");
  for (const std::string& joint : map->to->joints) EXPECT_EQ(sources(*map, joint), sources(*other, joint)) << joint;
}

INSTANTIATE_TEST_SUITE_P(Conventions, OwnLayouts, testing::ValuesIn(test::conventions()), [](const auto& tested) {
  std::string name;
  for (const char c : std::string(tested.param.title))
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
});

TEST(OwnLayoutErrors, SayWhichPointsAreLackingAndWhichJointsThereAre) {
  const auto legs = own_layout("gait.c3d", {"LASI", "RASI", "LPSI", "RPSI", "LKNE", "RKNE", "LANK", "RANK"}, {});
  EXPECT_THAT([&] { retarget_map(*legs, "kinect20"); },
              ThrowsError(Code::shape_mismatch, AllOf(HasSubstr("gait.c3d"), HasSubstr("left shoulder, right shoulder"),
                                                      HasSubstr("Plug-in Gait"), HasSubstr("LASI, RASI"),
                                                      HasSubstr("docs/user/layouts.md"))));
  Names numbered;
  for (int i = 0; i < 500; ++i) numbered.push_back(fmt::format("M{}", i));
  EXPECT_THAT([&] { retarget_map(*own_layout("cloud.c3d", numbered, {}), "kinect20"); },
              ThrowsError(Code::shape_mismatch, AllOf(HasSubstr("M39 and 460 more"), Not(HasSubstr("M40,")))));
  EXPECT_THAT(
      [&] {
        retarget_map(*own_layout("odd.csv", {"", "::", "a"}, {}), "ntu25");
      },
      ThrowsError(Code::shape_mismatch, HasSubstr("odd.csv")));
}

/// The limbs as COCO, Kinect, MediaPipe and others name them.
Names limbs_and(const Names& more) {
  Names joints = body_points().essential;
  joints.insert(joints.end(), more.begin(), more.end());
  return joints;
}

TEST(OwnLayouts, AThumbBesideLimbsIsKinectsNotAKnuckleOfMediaPipe) {
  const auto map = retarget_map(*own_layout("thumbs.csv", limbs_and({"left thumb", "right thumb"}), {}), "ntu25");
  EXPECT_EQ(copied(*map, "left thumb"), "left thumb");
}

TEST(OwnLayoutErrors, TwoRigsInOneFileAreRefused) {
  Names both;
  for (const char* side : {"l", "r"}) {
    for (const char* bone : {"thigh", "foot", "upperarm", "hand", "calf", "lowerarm", "shin", "forearm"}) {
      both.push_back(fmt::format("{}_{}", bone, side));
    }
  }
  EXPECT_THAT([&] { retarget_map(*own_layout("two.bvh", both, {}), "kinect20"); },
              ThrowsError(Code::shape_mismatch, AllOf(HasSubstr("two.bvh"), HasSubstr("as well as"))));
}

TEST(OwnLayouts, AHeadBesideNamesOfNoRigIsTheHead) {
  const auto map = retarget_map(*own_layout("points.csv", limbs_and({"Head", "Neck"}), {}), "ntu25");
  EXPECT_EQ(copied(*map, "head"), "Head");
  EXPECT_EQ(copied(*map, "neck"), "Neck");
  const auto limbs = retarget_map(*own_layout("points.csv", limbs_and({}), {}), "kinect20");
  EXPECT_EQ(limbs->state[static_cast<std::size_t>(limbs->to->joint("head"))], JointState::inferred);
}

TEST(OwnLayoutErrors, AnUnknownTargetIsNamed) {
  EXPECT_THAT([&] { retarget_map(*own_layout("walk.bvh", test::conventions()[0].joints, {}), "nothing"); },
              ThrowsError(Code::shape_mismatch, HasSubstr("walk.bvh to nothing")));
}

TEST(OwnLayouts, ToItselfIsTheIdentity) {
  const auto map = retarget_map(*own_layout("walk.bvh", test::conventions()[0].joints, {}), "own");
  ASSERT_EQ(map->to->size(), test::conventions()[0].joints.size());
  EXPECT_EQ(map->terms[5], (std::vector<RetargetTerm>{{5, 1.0F}}));
}

}  // namespace
}  // namespace purlscope::core
