#include "render/passes/body_layer.h"

#include "render/gl/shader.h"

namespace purlscope::render {
namespace {
constexpr int kSamples = 4;
}

BodyLayer::BodyLayer(const std::filesystem::path& shaders)
    : bodies_(shaders), composite_program_(gl::load_program(shaders, "composite")) {}

std::array<glm::vec4, 2> BodyLayer::prepare(const Viewport& viewport) {
  if (!target_ || !target_->holds(viewport.width, viewport.height)) {
    target_.reset();
    target_.emplace(viewport.width, viewport.height, kSamples);
  }
  glBindFramebuffer(GL_FRAMEBUFFER, target_->framebuffer());
  return sample_offsets();
}

void BodyLayer::draw(const Instances& instances, const std::string& color_map, const Camera& camera,
                     const Viewport& viewport, GLuint framebuffer) {
  const PixelArea area = covered_area(instances, camera, viewport);
  if (area.empty()) return;
  glBindFramebuffer(GL_FRAMEBUFFER, target_->framebuffer());
  glEnable(GL_SCISSOR_TEST);
  glScissor(area.left, area.bottom, area.right - area.left, area.top - area.bottom);
  glClearColor(0, 0, 0, 0);
  glClearDepth(1.0);
  glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
  bodies_.draw(instances, color_map);
  glDisable(GL_SCISSOR_TEST);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  composite(area, viewport);
}

void BodyLayer::composite(const PixelArea& area, const Viewport& viewport) {
  const auto x = [&](int pixel) { return 2.0F * static_cast<float>(pixel) / static_cast<float>(viewport.width) - 1; };
  const auto y = [&](int pixel) { return 2.0F * static_cast<float>(pixel) / static_cast<float>(viewport.height) - 1; };
  glUseProgram(composite_program_.name());
  glUniform4f(glGetUniformLocation(composite_program_.name(), "area"), x(area.left), y(area.bottom), x(area.right),
              y(area.top));
  glUniform1i(glGetUniformLocation(composite_program_.name(), "layer"), 0);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, target_->texture());
  glBindVertexArray(composite_array_.name());
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  glDisable(GL_BLEND);
  glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, 0);
}

}  // namespace purlscope::render
