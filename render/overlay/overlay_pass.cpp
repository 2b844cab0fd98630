#include "render/overlay/overlay_pass.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "render/gl/shader.h"

namespace purlscope::render {
namespace {

static_assert(sizeof(ImDrawIdx) == 2, "indices are drawn as GL_UNSIGNED_SHORT");

// NOLINTNEXTLINE(performance-no-int-to-ptr): OpenGL takes offsets as pointers
void* byte_offset(std::size_t bytes) { return reinterpret_cast<void*>(bytes); }

void point_attribute(GLuint location, GLint count, GLenum type, bool normalized, std::size_t offset) {
  glVertexAttribPointer(location, count, type, normalized ? GL_TRUE : GL_FALSE, sizeof(ImDrawVert),
                        byte_offset(offset));
  glEnableVertexAttribArray(location);
}

/// Pixels from the upper left -> OpenGL's scissor from the lower left. False when nothing of it is left.
bool set_scissor(const ImVec4& clip, const Viewport& viewport) {
  const auto height = static_cast<float>(viewport.height);
  const auto left = static_cast<GLint>(std::max(std::floor(clip.x), 0.0F));
  const auto bottom = static_cast<GLint>(std::max(std::floor(height - clip.w), 0.0F));
  const auto right = std::min(static_cast<GLint>(std::ceil(clip.z)), viewport.width);
  const auto top = std::min(static_cast<GLint>(std::ceil(height - clip.y)), viewport.height);
  if (right <= left || top <= bottom) return false;
  glScissor(viewport.left + left, viewport.bottom + bottom, right - left, top - bottom);
  return true;
}

}  // namespace

OverlayPass::OverlayPass(const std::filesystem::path& shaders) : program_(gl::load_program(shaders, "overlay")) {
  glBindVertexArray(array_.name());
  glBindBuffer(GL_ARRAY_BUFFER, vertices_.name());
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_.name());
  point_attribute(0, 2, GL_FLOAT, false, offsetof(ImDrawVert, pos));
  point_attribute(1, 2, GL_FLOAT, false, offsetof(ImDrawVert, uv));
  point_attribute(2, 4, GL_UNSIGNED_BYTE, true, offsetof(ImDrawVert, col));
  glBindVertexArray(0);
}

void OverlayPass::set_glyphs(ImFontAtlas& atlas) {
  unsigned char* coverage = nullptr;
  int width = 0;
  int height = 0;
  atlas.GetTexDataAsAlpha8(&coverage, &width, &height);
  glBindTexture(GL_TEXTURE_2D, glyphs_.name());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width, height, 0, GL_RED, GL_UNSIGNED_BYTE, coverage);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER}) {
    glTexParameteri(GL_TEXTURE_2D, filter, GL_LINEAR);
  }
}

void OverlayPass::draw(const ImDrawData& data, const Viewport& viewport) {
  glUseProgram(program_.name());
  glUniform1i(glGetUniformLocation(program_.name(), "glyphs"), 0);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, glyphs_.name());
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glDisable(GL_DEPTH_TEST);
  glEnable(GL_SCISSOR_TEST);
  glBindVertexArray(array_.name());
  for (int i = 0; i < data.CmdListsCount; ++i) draw_list(*data.CmdLists[i], viewport);
  glBindVertexArray(0);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_BLEND);
  glBindTexture(GL_TEXTURE_2D, 0);
  glUseProgram(0);
}

void OverlayPass::draw_list(const ImDrawList& list, const Viewport& viewport) {
  glBindBuffer(GL_ARRAY_BUFFER, vertices_.name());
  glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data, GL_STREAM_DRAW);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data, GL_STREAM_DRAW);
  for (const ImDrawCmd& command : list.CmdBuffer) {
    if (command.ElemCount == 0 || !set_scissor(command.ClipRect, viewport)) continue;
    glDrawElementsBaseVertex(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), GL_UNSIGNED_SHORT,
                             byte_offset(command.IdxOffset * sizeof(ImDrawIdx)), static_cast<GLint>(command.VtxOffset));
  }
}

}  // namespace purlscope::render
