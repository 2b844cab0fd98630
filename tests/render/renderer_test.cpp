#include "render/renderer.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "render/colormap.h"
#include "tests/render/figure.h"
#include "tests/render/gl_fixture.h"
#include "tests/render/projecting.h"

namespace purlscope::render {
namespace {

constexpr Viewport kView{640, 480, 1.0F, false};
constexpr std::size_t kRightWrist = 10;
constexpr std::size_t kRightHand = 11;

/// The body alone: nothing but joints and bones can change a pixel.
Scene bare_scene() {
  Scene scene = test::throwing_scene();
  scene.overlay = false;
  scene.floor = false;
  scene.camera.frame({-0.45F, 0.0F, 2.2F}, {0.55F, 1.95F, 2.7F}, 640.0F / 480.0F);
  return scene;
}

glm::ivec4 pixel(const Image& image, int x, int y) {
  const std::uint8_t* p = image.rgba.data() + 4 * (y * image.width + x);
  return {p[0], p[1], p[2], p[3]};
}

glm::ivec4 pixel(const Image& image, const glm::vec2& at) {
  return pixel(image, static_cast<int>(at.x), static_cast<int>(at.y));
}

glm::ivec4 ground_of(const Scene& scene) {
  return {glm::ivec3(glm::round(glm::vec3(scene.theme.background) * 255.0F)), 255};
}

float distance_to_segment(const glm::vec2& p, const glm::vec2& a, const glm::vec2& b) {
  const float share = std::clamp(glm::dot(p - a, b - a) / glm::dot(b - a, b - a), 0.0F, 1.0F);
  return glm::distance(p, a + share * (b - a));
}

class RendererGl : public test::GlTest {
 protected:
  glm::vec2 place(const Scene& scene, std::size_t joint, const Viewport& view = kView) const {
    return test::project(scene.camera, view, scene.bodies.back().joints[joint]);
  }

  /// The body, and a panel with this title.
  Image titled(const std::string& title) {
    Scene scene = bare_scene();
    scene.overlay = true;
    scene.quantity->title = title;
    return grab(scene, kView);
  }
};

TEST_F(RendererGl, SaysWhatDraws) { EXPECT_THAT(renderer_->description(), testing::HasSubstr("OpenGL 4.")); }

TEST_F(RendererGl, JointsHaveTheColourOfTheirValue) {
  Scene scene = bare_scene();
  const Image image = grab(scene, kView);
  const Quantity& quantity = *scene.quantity;
  for (const std::size_t joint : {0U, 3U, 9U, 11U}) {
    const float share = (scene.bodies[0].value[joint] - quantity.low) / (quantity.high - quantity.low);
    const glm::vec3 expected = ColorMap::get("viridis").at(share) * 255.0F;
    const glm::vec3 found = glm::vec3(pixel(image, place(scene, joint)));
    EXPECT_LT(glm::distance(found, expected), 45.0F) << "joint " << joint;
  }
}

TEST_F(RendererGl, AttentionChangesTheJointItBelongsToAndNoOther) {
  Scene scene = bare_scene();
  scene.bodies[0].value[kRightHand] = 0.0F;
  const Image low = grab(scene, kView);
  scene.bodies[0].value[kRightHand] = scene.quantity->high;
  const Image high = grab(scene, kView);
  const glm::vec2 wrist = place(scene, kRightWrist);
  const glm::vec2 hand = place(scene, kRightHand);
  const float metre = std::abs(test::project(scene.camera, kView, scene.camera.target + glm::vec3(0, 0.5F, 0)).y -
                               test::project(scene.camera, kView, scene.camera.target - glm::vec3(0, 0.5F, 0)).y);
  const float reach = 0.075F * metre + 2;  // metres: the largest joint and its outline
  int changed = 0;
  for (int y = 0; y < low.height; ++y) {
    for (int x = 0; x < low.width; ++x) {
      if (pixel(low, x, y) == pixel(high, x, y)) continue;
      ++changed;
      ASSERT_LT(distance_to_segment({x + 0.5F, y + 0.5F}, wrist, hand), reach) << x << ", " << y;
    }
  }
  EXPECT_GT(changed, 100);
}

TEST_F(RendererGl, AttentionMakesJointsLarger) {
  Scene scene = bare_scene();
  scene.bodies[0].layout = nullptr;  // joints alone
  const auto covered = [&] {
    const Image image = grab(scene, kView);
    int count = 0;
    for (int y = 0; y < image.height; ++y) {
      for (int x = 0; x < image.width; ++x) count += pixel(image, x, y) != ground_of(scene) ? 1 : 0;
    }
    return count;
  };
  std::fill(scene.bodies[0].value.begin(), scene.bodies[0].value.end(), 0.0F);
  const int small = covered();
  std::fill(scene.bodies[0].value.begin(), scene.bodies[0].value.end(), scene.quantity->high);
  EXPECT_GT(covered(), 2 * small);
}

TEST_F(RendererGl, AJointWithoutValueIsAHollowRing) {
  Scene scene = bare_scene();
  scene.bodies[0].value[kRightHand] = NAN;
  const Viewport large{1600, 1200, 1.0F, false};
  const Image image = grab(scene, large);
  const glm::vec2 hand = place(scene, kRightHand, large);
  EXPECT_EQ(pixel(image, hand), ground_of(scene));
  int ring = 0;
  for (int x = 0; x < 60; ++x) ring += pixel(image, hand + glm::vec2(x, 0)) != ground_of(scene) ? 1 : 0;
  EXPECT_GT(ring, 1);
  EXPECT_LT(ring, 20);
}

TEST_F(RendererGl, AMissingJointHasNoPlace) {
  Scene scene = bare_scene();
  const glm::vec2 hand = place(scene, kRightHand);
  EXPECT_NE(pixel(grab(scene, kView), hand), ground_of(scene));
  scene.bodies[0].state[kRightHand] = core::JointState::missing;
  EXPECT_EQ(pixel(grab(scene, kView), hand), ground_of(scene));
}

TEST_F(RendererGl, AnInferredJointHasADashedRing) {
  Scene scene = bare_scene();
  scene.bodies[0].layout = nullptr;
  scene.bodies[0].state[kRightHand] = core::JointState::inferred;
  const Viewport large{1600, 1200, 1.0F, false};
  const Image image = grab(scene, large);
  const glm::vec2 hand = place(scene, kRightHand, large);
  // Along circles around the joint the ring goes on and off; a whole ring or a ball never does.
  int most_changes = 0;
  for (float radius = 8; radius < 60; radius += 1) {
    int changes = 0;
    bool before = false;
    for (int step = 0; step <= 720; ++step) {
      const float angle = static_cast<float>(step) * 3.14159265F / 360.0F;
      const bool on = pixel(image, hand + radius * glm::vec2(std::cos(angle), std::sin(angle))) != ground_of(scene);
      changes += step > 0 && on != before ? 1 : 0;
      before = on;
    }
    most_changes = std::max(most_changes, changes);
  }
  EXPECT_GE(most_changes, 10);
}

TEST_F(RendererGl, TransparentPicturesKeepStraightColours) {
  Scene scene = bare_scene();
  const Image image = grab(scene, {640, 480, 1.0F, true});
  EXPECT_EQ(pixel(image, 2, 2), glm::ivec4(0, 0, 0, 0));
  EXPECT_EQ(pixel(image, place(scene, kRightHand)).a, 255);

  scene.bodies.clear();
  scene.floor = true;
  const Image floor = grab(scene, {640, 480, 1.0F, true});
  const glm::ivec3 grid = glm::ivec3(glm::round(glm::vec3(scene.theme.grid) * 255.0F));
  int faint = 0;
  for (int y = 0; y < floor.height; ++y) {
    for (int x = 0; x < floor.width; ++x) {
      const glm::ivec4 p = pixel(floor, x, y);
      if (p.a < 60 || p.a > 200) continue;
      ++faint;
      for (int c = 0; c < 3; ++c) ASSERT_NEAR(p[c], grid[c], 5) << "premultiplied colours would be darker";
    }
  }
  EXPECT_GT(faint, 200);
}

TEST_F(RendererGl, LargerPicturesShowTheSame) {
  const Scene scene = test::throwing_scene();
  const Image one = grab(scene, {640, 360, 1.0F, false});
  const Image two = grab(scene, {1280, 720, 2.0F, false});
  Image halved = one;
  for (int y = 0; y < one.height; ++y) {
    for (int x = 0; x < one.width; ++x) {
      for (int c = 0; c < 4; ++c) {
        int sum = 0;
        for (const auto& [dx, dy] : {std::pair{0, 0}, {1, 0}, {0, 1}, {1, 1}})
          sum += pixel(two, 2 * x + dx, 2 * y + dy)[c];
        halved.rgba[static_cast<std::size_t>(4 * (y * one.width + x) + c)] = static_cast<std::uint8_t>(sum / 4);
      }
    }
  }
  EXPECT_LT(image_error(one, halved), 0.01);
}

TEST_F(RendererGl, ColourBarRunsFromTheLowestColourUpToTheHighest) {
  Scene scene = test::throwing_scene();
  const Image with = grab(scene, {960, 540, 1.0F, false});
  std::vector<float> places;  // on the map, from the top
  const auto& colors = ColorMap::get("viridis").colors();
  const int column = 960 - 12 - 12 - 7;  // margin, padding, middle of the bar
  for (int y = 0; y < 300; ++y) {
    const glm::vec3 found = glm::vec3(pixel(with, column, y)) / 255.0F;
    const auto nearest = std::min_element(colors.begin(), colors.end(), [&](const glm::vec3& a, const glm::vec3& b) {
      return glm::distance(a, found) < glm::distance(b, found);
    });
    if (glm::distance(*nearest, found) < 0.01F) places.push_back(static_cast<float>(nearest - colors.begin()));
  }
  ASSERT_GT(places.size(), 150U);
  EXPECT_GT(places.front(), 250);
  EXPECT_LT(places.back(), 5);
  EXPECT_TRUE(std::is_sorted(places.rbegin(), places.rend()));
}

TEST_F(RendererGl, HoveringAddsANameBesideTheJoint) {
  Scene scene = test::throwing_scene();
  const Image before = grab(scene, kView);
  scene.hovered = {0, static_cast<int>(kRightHand)};
  EXPECT_GT(image_error(before, grab(scene, kView)), 0.002);
  scene.hovered = {7, 99};
  EXPECT_EQ(image_error(before, grab(scene, kView)), 0.0) << "a joint that is gone is no error";
}

TEST_F(RendererGl, AnEmptySceneIsItsGround) {
  Scene scene;
  scene.floor = false;
  scene.overlay = true;
  const Image image = grab(scene, {64, 48, 1.0F, false});
  for (int y = 0; y < 48; ++y) {
    for (int x = 0; x < 64; ++x) ASSERT_EQ(pixel(image, x, y), ground_of(scene));
  }
}

TEST_F(RendererGl, ImpossibleSizesAreHandled) {
  const Scene scene = test::throwing_scene();
  const Image none = grab(scene, {0, 0, 1.0F, false});
  EXPECT_EQ(none.width, 0);
  EXPECT_TRUE(none.rgba.empty());
  EXPECT_EQ(grab(scene, {1, 1, 1.0F, false}).rgba.size(), 4U);
  try {
    grab(scene, {1000000, 1000, 1.0F, false});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::limit);
  }
}

TEST_F(RendererGl, EndlessAndStrangeTextsStayInTheirPanels) {
  Scene scene = bare_scene();
  scene.overlay = true;
  scene.quantity->title = std::string(10000, 'W');
  scene.quantity->note.clear();
  for (int i = 0; i < 2000; ++i) scene.quantity->note += "snatch 🏋 \xff\xfe ";
  scene.caption = std::string(5000, 'm');
  scene.scores.assign(500, "very long label that will not fit in any panel at all  100 %");
  EXPECT_EQ(grab(scene, kView).width, 640);
  EXPECT_EQ(grab(scene, {50, 40, 2.0F, false}).width, 50);
}

TEST_F(RendererGl, CharactersWithoutAGlyphAreOneBox) {
  const Image box = titled("□ · hands");
  EXPECT_GT(image_error(box, titled("hands")), 0.0);
  EXPECT_EQ(image_error(box, titled("🤸 · hands")), 0.0);
  EXPECT_EQ(image_error(box, titled("👩🏽‍🚀👍🏽 · hands")), 0.0) << "joined characters are one run";
  EXPECT_EQ(image_error(box, titled("\xff\xfe · hands")), 0.0) << "bytes that are not UTF-8";
}

TEST_F(RendererGl, ALongTitleLeavesThePictureToTheBody) {
  Scene scene = bare_scene();
  scene.overlay = true;
  scene.quantity->title = "a person who slowly raises the left hand above the head and turns around twice · end";
  for (int i = 0; i < 50; ++i) scene.quantity->note += "and turns around once more ";
  const Image image = grab(scene, kView);
  for (int y = kView.height / 4; y < kView.height / 2; ++y) EXPECT_EQ(pixel(image, 40, y), ground_of(scene)) << y;
}

TEST_F(RendererGl, TextsAreDrawnAboveTheControlsOfTheHost) {
  Scene scene = bare_scene();
  scene.overlay = true;
  scene.caption = std::string(60, 'm');
  scene.bottom_inset = 50;
  const Image image = grab(scene, kView);
  for (int y = kView.height - 50; y < kView.height; ++y) EXPECT_EQ(pixel(image, 30, y), ground_of(scene)) << y;
}

TEST_F(RendererGl, BrokenNumbersDoNotSpread) {
  Scene scene = bare_scene();
  const Image clean = grab(scene, kView);
  scene.bodies[0].joints[kRightHand] = glm::vec3(NAN);
  scene.bodies[0].joints.push_back(glm::vec3(INFINITY));
  const Image image = grab(scene, kView);
  EXPECT_LT(image_error(clean, image), 0.02);
  EXPECT_EQ(pixel(image, place(scene, 3)), pixel(clean, place(scene, 3)));
}

TEST_F(RendererGl, SeesBodiesFromInsideAndBelow) {
  Scene scene = test::throwing_scene();
  scene.camera.distance = 0.2F;
  EXPECT_EQ(grab(scene, kView).height, 480);
  scene.camera.pitch = -1.2F;
  scene.camera.orthographic = true;
  EXPECT_EQ(grab(scene, kView).height, 480);
}

TEST_F(RendererGl, DrawsIntoAMultisampledHost) {
  const Scene scene = test::throwing_scene();
  const Image expected = grab(scene, kView);
  GLuint buffers[3];
  GLuint framebuffers[2];
  glGenRenderbuffers(3, buffers);
  glGenFramebuffers(2, framebuffers);
  for (int i = 0; i < 2; ++i) {
    glBindRenderbuffer(GL_RENDERBUFFER, buffers[i]);
    glRenderbufferStorageMultisample(GL_RENDERBUFFER, i == 0 ? 4 : 0, GL_RGBA8, kView.width, kView.height);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[i]);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, buffers[i]);
  }
  glBindRenderbuffer(GL_RENDERBUFFER, buffers[2]);
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, 4, GL_DEPTH_COMPONENT24, kView.width, kView.height);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[0]);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, buffers[2]);
  renderer_->draw(scene, kView, framebuffers[0]);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffers[0]);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, framebuffers[1]);
  glBlitFramebuffer(0, 0, kView.width, kView.height, 0, 0, kView.width, kView.height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffers[1]);
  const glm::vec2 hand = place(scene, kRightHand);
  std::uint8_t found[4];
  glReadPixels(static_cast<int>(hand.x), kView.height - 1 - static_cast<int>(hand.y), 1, 1, GL_RGBA, GL_UNSIGNED_BYTE,
               found);
  const glm::ivec4 wanted = pixel(expected, hand);
  for (int c = 0; c < 4; ++c) EXPECT_NEAR(found[c], wanted[c], 3);
  glDeleteFramebuffers(2, framebuffers);
  glDeleteRenderbuffers(3, buffers);
}

TEST_F(RendererGl, TwoRenderersShareAContext) {
  const Scene scene = test::throwing_scene();
  const Image first = grab(scene, kView);
  Renderer other(core::resource_dir());
  EXPECT_EQ(image_error(other.grab(scene, kView), first), 0.0);
  EXPECT_EQ(image_error(grab(scene, kView), first), 0.0);
}

TEST_F(RendererGl, GivesEverythingBack) {
  const auto living = [] {
    int count = 0;
    for (GLuint name = 1; name < 300; ++name) {
      count += glIsBuffer(name) + glIsTexture(name) + glIsProgram(name) + glIsShader(name) + glIsFramebuffer(name) +
               glIsRenderbuffer(name) + glIsVertexArray(name);
    }
    return count;
  };
  const int before = living();
  {
    Renderer other(core::resource_dir());
    other.grab(test::throwing_scene(), kView);
    other.grab(test::throwing_scene(), {320, 200, 2.0F, true});
    EXPECT_GT(living(), before);
  }
  EXPECT_EQ(living(), before);
}

TEST(HeadlessGl, NeedsNoDisplayAndMayBeOpenedAgain) {
  for (int i = 0; i < 3; ++i) {
    const HeadlessContext context;
    EXPECT_GE(epoxy_gl_version(), 41);
  }
}

TEST(HeadlessGl, AMissingShaderIsNamed) {
  const HeadlessContext context;
  try {
    const Renderer renderer("/nonexistent");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::not_found);
    EXPECT_THAT(error.what(), testing::HasSubstr("common.glsl"));
  }
}

}  // namespace
}  // namespace purlscope::render
