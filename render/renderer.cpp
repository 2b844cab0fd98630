#include "render/renderer.h"

#include <epoxy/gl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/base/error.h"
#include "render/gl/targets.h"
#include "render/overlay/overlay.h"
#include "render/passes/body_pass.h"
#include "render/passes/floor_pass.h"
#include "render/passes/frame.h"
#include "render/passes/instances.h"
#include "render/projection.h"

namespace purlscope::render {
namespace {

constexpr int kOldestVersion = 41;
constexpr const char* kNeutralMap = "viridis";  ///< bound when nothing is coloured by value
constexpr float kHalvesGap = 2.0F;              ///< logical pixels
constexpr float kPickRadius = 10.0F;            ///< logical pixels around a joint that still count as on it

std::filesystem::path checked_shaders(const std::filesystem::path& resources) {
  if (const int version = epoxy_gl_version(); version < kOldestVersion) {
    throw Error(Code::unsupported,
                fmt::format("the 3-D view needs OpenGL 4.1, this context has {}.{}; update the graphics "
                            "driver or start with LIBGL_ALWAYS_SOFTWARE=1",
                            version / 10, version % 10));
  }
  return resources / "shaders";
}

/// State that a host may have left in another way than ours.
void reset_state() {
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_STENCIL_TEST);
  glDisable(GL_CULL_FACE);
  glDisable(GL_FRAMEBUFFER_SRGB);
  glDisable(GL_SAMPLE_ALPHA_TO_COVERAGE);
  glEnable(GL_MULTISAMPLE);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glDepthMask(GL_TRUE);
  glBlendEquation(GL_FUNC_ADD);
  glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
}

/// Rows from the bottom -> rows from the top.
void flip(Image& image) {
  const auto row = static_cast<std::ptrdiff_t>(image.width) * 4;
  for (std::ptrdiff_t low = 0, high = image.height - 1; low < high; ++low, --high) {
    const auto first = image.rgba.begin() + low * row;
    std::swap_ranges(first, first + row, image.rgba.begin() + high * row);
  }
}

/// Premultiplied -> straight.
void to_straight_alpha(Image& image) {
  for (auto pixel = image.rgba.begin(); pixel != image.rgba.end(); pixel += 4) {
    const int alpha = pixel[3];
    if (alpha == 255 || alpha == 0) continue;
    for (int c = 0; c < 3; ++c) {
      pixel[c] = static_cast<std::uint8_t>(std::min(255, (pixel[c] * 255 + alpha / 2) / alpha));
    }
  }
}

/// To one colour, or to nothing on a transparent ground.
void clear(const Viewport& viewport, const glm::vec4& color) {
  const glm::vec4 ground = viewport.transparent ? glm::vec4(0) : glm::vec4(glm::vec3(color), 1.0F);
  glEnable(GL_SCISSOR_TEST);
  glScissor(viewport.left, viewport.bottom, viewport.width, viewport.height);
  glClearColor(ground.r, ground.g, ground.b, ground.a);
  glClearDepth(1.0);
  glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
  glDisable(GL_SCISSOR_TEST);
}

bool is_empty(const Viewport& viewport) { return viewport.width <= 0 || viewport.height <= 0; }

}  // namespace

struct Renderer::Impl {
  explicit Impl(const std::filesystem::path& resources)
      : shaders(checked_shaders(resources)), floor(shaders), bodies(shaders), overlay(shaders) {}

  void draw(const Scene& scene, const Viewport& viewport, GLuint framebuffer) {
    reset_state();
    const FrameBlock block = make_frame_block(scene, viewport);
    glBindBuffer(GL_UNIFORM_BUFFER, frame_buffer.name());
    glBufferData(GL_UNIFORM_BUFFER, sizeof(block), &block, GL_STREAM_DRAW);
    glBindBufferBase(GL_UNIFORM_BUFFER, 0, frame_buffer.name());

    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glViewport(viewport.left, viewport.bottom, viewport.width, viewport.height);
    clear(viewport, scene.theme.background);
    const Instances instances = make_instances(scene, viewport);
    if (scene.floor) floor.draw(instances.shadows, block.ground.w);
    bodies.draw(instances, scene.quantity ? scene.quantity->map : kNeutralMap);
    glUseProgram(0);
    glBindVertexArray(0);
    if (scene.overlay) overlay.draw(scene, viewport);
  }

  /// The framebuffer for pictures to read back, kept for the next one of the same size.
  GLuint picture(const Viewport& viewport) {
    if (!target || !target->holds(viewport.width, viewport.height)) {
      target.reset();
      target.emplace(viewport.width, viewport.height);
    }
    return target->framebuffer();
  }

  template <class Draw>
  Image grab(const Viewport& viewport, Draw draw) {
    if (is_empty(viewport)) return {};
    const GLuint framebuffer = picture(viewport);
    draw(framebuffer);
    Image image{viewport.width, viewport.height, {}};
    image.rgba.resize(static_cast<std::size_t>(viewport.width) * static_cast<std::size_t>(viewport.height) * 4);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer);
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    glReadPixels(0, 0, viewport.width, viewport.height, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    flip(image);
    if (viewport.transparent) to_straight_alpha(image);
    return image;
  }

  std::filesystem::path shaders;
  gl::Buffer frame_buffer;
  FloorPass floor;
  BodyPass bodies;
  Overlay overlay;
  std::optional<gl::PlainTarget> target;
};

Renderer::Renderer(const std::filesystem::path& resources) : impl_(std::make_unique<Impl>(resources)) {}
Renderer::~Renderer() = default;

std::pair<Viewport, Viewport> halves(const Viewport& whole) {
  const int gap = std::max(1, static_cast<int>(std::lround(kHalvesGap * whole.pixel_ratio)));
  Viewport left = whole;
  Viewport right = whole;
  left.width = (whole.width - gap) / 2;
  right.width = whole.width - gap - left.width;
  right.left = whole.left + left.width + gap;
  return {left, right};
}

void Renderer::draw(const Scene& scene, const Viewport& viewport, unsigned framebuffer) {
  if (!is_empty(viewport)) impl_->draw(scene, viewport, framebuffer);
}

void Renderer::draw_beside(const Scene& left, const Scene& right, const Viewport& viewport, unsigned framebuffer) {
  if (is_empty(viewport)) return;
  reset_state();
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  clear(viewport, left.theme.grid);
  const auto [left_half, right_half] = halves(viewport);
  draw(left, left_half, framebuffer);
  draw(right, right_half, framebuffer);
}

Image Renderer::grab(const Scene& scene, const Viewport& viewport) {
  return impl_->grab(viewport, [&](GLuint framebuffer) { draw(scene, viewport, framebuffer); });
}

Image Renderer::grab_beside(const Scene& left, const Scene& right, const Viewport& viewport) {
  return impl_->grab(viewport, [&](GLuint framebuffer) { draw_beside(left, right, viewport, framebuffer); });
}

std::optional<Pick> Renderer::pick(const Scene& scene, const Viewport& viewport, float x, float y) {
  if (is_empty(viewport)) return std::nullopt;
  const Projector project(scene.camera, viewport);
  const glm::vec2 mouse = glm::vec2(x, y) * viewport.pixel_ratio;
  std::optional<Pick> best;
  float best_distance = kPickRadius * viewport.pixel_ratio;
  float best_depth = 0;
  for (std::size_t b = 0; b < scene.bodies.size(); ++b) {
    const Body& body = scene.bodies[b];
    if (body.opacity < 1.0F) continue;
    for (std::size_t j = 0; j < body.joints.size(); ++j) {
      if (!is_seen(body, j)) continue;
      const auto point = project(body.joints[j]);
      if (!point) continue;
      // On the ball counts as 0: of two balls under the mouse the nearer one is meant.
      const float radius = joint_radius(scene.quantity, joint_value(body, j)) * point->pixels_per_metre;
      const float distance = std::max(0.0F, glm::distance(point->position, mouse) - radius);
      if (distance > best_distance || (best && distance == best_distance && point->depth >= best_depth)) continue;
      best = Pick{static_cast<int>(b), static_cast<int>(j)};
      best_distance = distance;
      best_depth = point->depth;
    }
  }
  return best;
}

std::string Renderer::description() const {
  const auto text = [](GLenum name) { return reinterpret_cast<const char*>(glGetString(name)); };
  const char* device = text(GL_RENDERER);
  const int version = epoxy_gl_version();
  return fmt::format("{}, OpenGL {}.{}", device != nullptr ? device : "unknown device", version / 10, version % 10);
}

}  // namespace purlscope::render
