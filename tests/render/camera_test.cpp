#include "render/camera.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/render/projecting.h"

namespace purlscope::render {
namespace {

using test::project;

constexpr Viewport kView{800, 600, 1.0F, false};

glm::vec2 at(const Camera& camera, const glm::vec3& point) { return project(camera, kView, point); }

TEST(Camera, YawZeroStandsWhereTheRecordingCameraStood) {
  Camera camera;
  camera.yaw = 0;
  camera.pitch = 0;
  EXPECT_NEAR(camera.eye().z, camera.target.z - camera.distance, 1e-5);
  EXPECT_NEAR(camera.eye().x, 0, 1e-5);
  // A person who faces us has the right hand on our left.
  EXPECT_LT(at(camera, camera.target + glm::vec3(0.5F, 0, 0)).x, 400);
  EXPECT_LT(at(camera, camera.target + glm::vec3(0, 0.5F, 0)).y, 300);
}

TEST(Camera, TargetIsInTheMiddleFromEverySide) {
  Camera camera;
  for (const float yaw : {-3.0F, -1.0F, 0.0F, 2.0F}) {
    for (const float pitch : {-1.5707F, -0.4F, 0.0F, 1.5707963F}) {
      camera.yaw = yaw;
      camera.pitch = pitch;
      const glm::vec2 middle = at(camera, camera.target);
      EXPECT_NEAR(middle.x, 400, 0.01);
      EXPECT_NEAR(middle.y, 300, 0.01);
    }
  }
}

TEST(Camera, OrbitTurnsTheSceneWithTheMouse) {
  Camera camera;
  camera.yaw = 0;
  camera.pitch = 0;
  const glm::vec3 nose = camera.target + glm::vec3(0, 0, -0.5F);
  camera.orbit(50, 0);
  EXPECT_GT(at(camera, nose).x, 410);
  camera.yaw = 0;
  camera.orbit(0, 50);
  EXPECT_GT(at(camera, nose).y, 310);
  camera.orbit(0, 1e6F);
  EXPECT_LE(camera.pitch, 1.571F);
}

TEST(Camera, PanKeepsThePointUnderTheMouse) {
  for (const bool orthographic : {false, true}) {
    Camera camera;
    camera.orthographic = orthographic;
    const glm::vec3 grabbed = camera.target;
    camera.pan(37, -21, 600);
    EXPECT_NEAR(at(camera, grabbed).x, 437, 0.05);
    EXPECT_NEAR(at(camera, grabbed).y, 279, 0.05);
  }
}

TEST(Camera, ZoomComesNearerWithinLimits) {
  Camera camera;
  const float before = camera.distance;
  camera.zoom(1);
  EXPECT_NEAR(camera.distance, before * 0.9F, 1e-4);
  camera.zoom(1e4F);
  EXPECT_GT(camera.distance, 0.1F);
  camera.zoom(-1e4F);
  EXPECT_LT(camera.distance, 1e3F);
}

TEST(Camera, PresetsLookAlongTheAxes) {
  Camera camera;
  const auto towards = [&] { return glm::normalize(camera.target - camera.eye()); };
  camera.set_preset(ViewPreset::front);
  EXPECT_NEAR(towards().z, 1, 1e-5);
  EXPECT_TRUE(camera.orthographic);
  camera.set_preset(ViewPreset::side);
  EXPECT_NEAR(std::abs(towards().x), 1, 1e-5);
  camera.set_preset(ViewPreset::top);
  EXPECT_NEAR(towards().y, -1, 1e-5);
  camera.set_preset(ViewPreset::perspective);
  EXPECT_FALSE(camera.orthographic);
}

TEST(Camera, OrthographicPicturesKeepSizesAtEveryDepth) {
  Camera camera;
  camera.set_preset(ViewPreset::front);
  const auto height_at = [&](float z) { return at(camera, {0, 0, z}).y - at(camera, {0, 1, z}).y; };
  EXPECT_NEAR(height_at(0), height_at(2), 0.01);
}

TEST(Camera, FramedBoxFitsWithAMargin) {
  const glm::vec3 low{-0.6F, 0, 1.8F};
  const glm::vec3 high{0.7F, 1.9F, 3.1F};
  for (const bool orthographic : {false, true}) {
    for (const auto& [width, height] : {std::pair{1280, 720}, std::pair{400, 900}, std::pair{600, 600}}) {
      const Viewport view{width, height, 1.0F, false};
      Camera camera;
      camera.orthographic = orthographic;
      camera.frame(low, high, static_cast<float>(width) / static_cast<float>(height));
      float farthest = 0;  // from the middle, 1 = at the border
      for (int corner = 0; corner < 8; ++corner) {
        const glm::vec3 point{(corner & 1) != 0 ? high.x : low.x, (corner & 2) != 0 ? high.y : low.y,
                              (corner & 4) != 0 ? high.z : low.z};
        const glm::vec2 share = project(camera, view, point) / glm::vec2(width, height) * 2.0F - 1.0F;
        farthest = std::max({farthest, std::abs(share.x), std::abs(share.y)});
      }
      EXPECT_LT(farthest, 0.95F) << width << " x " << height;
      EXPECT_GT(farthest, 0.70F) << width << " x " << height;
    }
  }
}

TEST(LinkedCamera, MovesWithTheFirstOneFromItsOwnHome) {
  Camera home;
  home.target = {0, 1, 2};
  home.yaw = 0.0F;
  Camera other = home;
  other.target = {5, 1, 7};
  other.yaw = 1.5707963F;
  Camera shown = home;
  shown.yaw += 0.2F;
  shown.pitch = 0.5F;
  shown.distance = 1.5F;
  shown.target += glm::vec3(0, 0, 1);  // away from home's eye
  const Camera linked = linked_camera(shown, home, other);
  EXPECT_NEAR(linked.yaw, other.yaw + 0.2F, 1e-5F);
  EXPECT_FLOAT_EQ(linked.pitch, 0.5F);
  EXPECT_FLOAT_EQ(linked.distance, 1.5F);
  const glm::vec3 away = glm::normalize(other.target - other.eye());
  EXPECT_GT(glm::dot(glm::vec2(away.x, away.z), glm::vec2(linked.target.x - 5, linked.target.z - 7)), 0.9F)
      << "away from the other one's eye";
  shown.set_preset(ViewPreset::front);
  EXPECT_FLOAT_EQ(linked_camera(shown, home, other).yaw, shown.yaw) << "the front of both recordings";
}

}  // namespace
}  // namespace purlscope::render
