#include <cmath>

#include "tests/render/figure.h"
#include "tests/render/gl_fixture.h"
#include "tests/render/picture.h"

namespace purlscope::render {
namespace {

using test::baseline;
using test::expect_baseline;

class PictureGl : public test::GlTest {};

/// Every state a joint can have, marks and a long text at once.
Scene busy_scene() {
  Scene scene = test::throwing_scene();
  Body& body = scene.bodies[0];
  body.state[7] = core::JointState::missing;
  body.state[14] = core::JointState::inferred;
  body.state[15] = core::JointState::inferred;
  body.value[3] = NAN;
  body.value[13] = NAN;
  body.state[13] = core::JointState::inferred;
  scene.quantity->title = "pick up a heavy box, turn around and put it on the upper shelf · middle";
  scene.quantity->note =
      "Bend the knees and keep the back straight, grip the box firmly under its edges, then straighten the legs "
      "slowly. "
      "Größe, Ωμέγα, Привет, 手.";
  scene.scores = {"pick up a heavy box, turn around and put it on the upper shelf  46 %", "throw  21 %",
                  "none of these  3 %"};
  scene.hovered = {0, 11};
  scene.pinned = {{0, 16}};
  return scene;
}

Scene crowd_scene() {
  Scene scene = test::throwing_scene();
  const Body chosen = scene.bodies[0];
  scene.bodies.clear();
  for (const int age : {3, 2, 1}) {
    Body ghost = test::throwing_body();
    for (glm::vec3& joint : ghost.joints) joint.x -= 0.08F * static_cast<float>(age);
    ghost.opacity = 0.4F - 0.1F * static_cast<float>(age);
    scene.bodies.push_back(ghost);
  }
  Body other = test::throwing_body();
  other.person = 1;
  other.dimmed = true;
  for (glm::vec3& joint : other.joints) joint += glm::vec3(-0.9F, 0, 0.3F);
  scene.bodies.push_back(other);
  scene.bodies.push_back(chosen);
  scene.bodies.back().person = 0;
  scene.bottom_inset = 40;
  scene.axes = true;
  return scene;
}

TEST_F(PictureGl, AttentionOnDarkGround) {
  expect_baseline(grab(test::throwing_scene(), {960, 540, 1.0F, false}), baseline("attention_dark"));
}

TEST_F(PictureGl, EveryKindOfJointOnLightGround) {
  Scene scene = busy_scene();
  scene.theme = Theme::light();
  expect_baseline(grab(scene, {960, 640, 1.0F, false}), baseline("joints_light"));
}

TEST_F(PictureGl, SeveralPersonsGhostsAndAxesAtOneAndAHalf) {
  expect_baseline(grab(crowd_scene(), {1080, 720, 1.5F, false}), baseline("crowd_dark_150"));
}

TEST_F(PictureGl, TransparentGround) {
  Scene scene = test::throwing_scene();
  scene.theme = Theme::light();
  expect_baseline(grab(scene, {480, 480, 1.0F, true}), baseline("transparent"));
}

TEST_F(PictureGl, ASmallChangeIsBeyondTheTolerance) {
  Scene scene = test::throwing_scene();
  for (float& value : scene.bodies[0].value) value = 0.1F;
  const Image changed = grab(scene, {960, 540, 1.0F, false});
  EXPECT_FALSE(test::alike(changed, read_png(baseline("attention_dark")), {}));
}

}  // namespace
}  // namespace purlscope::render
