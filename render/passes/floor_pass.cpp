#include "render/passes/floor_pass.h"

#include <algorithm>

#include "render/gl/shader.h"

namespace purlscope::render {
namespace {
constexpr float kCell = 0.5F;    ///< metres, as in floor.vert
constexpr int kMostLines = 201;  ///< of one direction; a wider floor fades earlier
}  // namespace

FloorPass::FloorPass(const std::filesystem::path& shaders)
    : grid_program_(gl::load_program(shaders, "floor")), shadow_program_(gl::load_program(shaders, "shadow")) {
  glBindVertexArray(shadow_array_.name());
  glBindBuffer(GL_ARRAY_BUFFER, shadow_buffer_.name());
  glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, sizeof(ShadowInstance), nullptr);
  glEnableVertexAttribArray(0);
  glVertexAttribDivisor(0, 1);
}

void FloorPass::draw(const std::vector<ShadowInstance>& shadows, float radius) {
  glDisable(GL_DEPTH_TEST);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glUseProgram(grid_program_.name());
  glBindVertexArray(grid_array_.name());
  const int lines = std::min(kMostLines, 2 * static_cast<int>(radius / kCell) + 3);
  glUniform1i(glGetUniformLocation(grid_program_.name(), "lines"), lines);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, 2 * lines);
  if (!shadows.empty()) {
    glUseProgram(shadow_program_.name());
    glBindVertexArray(shadow_array_.name());
    glBindBuffer(GL_ARRAY_BUFFER, shadow_buffer_.name());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(shadows.size() * sizeof(ShadowInstance)), shadows.data(),
                 GL_STREAM_DRAW);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(shadows.size()));
  }
  glDisable(GL_BLEND);
}

}  // namespace purlscope::render
