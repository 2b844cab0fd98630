#include <gtest/gtest.h>

#include "render/renderer.h"
#include "tests/render/figure.h"
#include "tests/render/projecting.h"

namespace purlscope::render {
namespace {

constexpr Viewport kView{1280, 720, 1.0F, false};
constexpr int kRightHand = 11;

std::optional<Pick> pick_joint(const Scene& scene, const Viewport& view, std::size_t body, int joint) {
  const glm::vec2 place =
      test::project(scene.camera, view, scene.bodies[body].joints[static_cast<std::size_t>(joint)]) / view.pixel_ratio;
  return Renderer::pick(scene, view, place.x, place.y);
}

TEST(Pick, FindsEveryJointUnderTheMouse) {
  const Scene scene = test::throwing_scene();
  for (int joint = 0; joint < 20; ++joint) {
    const auto pick = pick_joint(scene, kView, 0, joint);
    ASSERT_TRUE(pick) << joint;
    EXPECT_EQ(pick->body, 0);
    EXPECT_EQ(pick->joint, joint);
  }
}

TEST(Pick, TakesLogicalPixelsOnDenseScreens) {
  const Scene scene = test::throwing_scene();
  const auto pick = pick_joint(scene, {2560, 1440, 2.0F, false}, 0, kRightHand);
  ASSERT_TRUE(pick);
  EXPECT_EQ(pick->joint, kRightHand);
}

TEST(Pick, FindsNothingAwayFromTheBody) { EXPECT_FALSE(Renderer::pick(test::throwing_scene(), kView, 20, 400)); }

TEST(Pick, LeavesOutMissingJointsAndGhosts) {
  Scene scene = test::throwing_scene();
  scene.bodies[0].state[kRightHand] = core::JointState::missing;
  const auto pick = pick_joint(scene, kView, 0, kRightHand);
  EXPECT_TRUE(!pick || pick->joint != kRightHand);
  scene.bodies[0].opacity = 0.3F;
  EXPECT_FALSE(pick_joint(scene, kView, 0, 3));
}

TEST(Pick, OfTwoJointsInLineTakesTheNearer) {
  Scene scene = test::throwing_scene();
  Body behind = scene.bodies[0];
  const glm::vec3 away = glm::normalize(scene.camera.target - scene.camera.eye());
  for (glm::vec3& joint : behind.joints) joint += away * 0.001F;
  scene.bodies.insert(scene.bodies.begin(), behind);
  const auto pick = pick_joint(scene, kView, 1, kRightHand);
  ASSERT_TRUE(pick);
  EXPECT_EQ(pick->body, 1);
}

TEST(Pick, EmptyViewportsAndScenesHoldNothing) {
  EXPECT_FALSE(Renderer::pick(test::throwing_scene(), {0, 0, 1.0F, false}, 0, 0));
  EXPECT_FALSE(Renderer::pick(Scene{}, kView, 640, 360));
}

}  // namespace
}  // namespace purlscope::render
