#pragma once

#include <imgui.h>

#include <filesystem>

#include "render/gl/objects.h"

namespace purlscope::render {

/// Draws Dear ImGui's triangles, whose positions are device pixels, with premultiplied alpha.
///
/// Its own OpenGL backend is not used: that loads libGL (and X11 with it) a second way beside libepoxy, after which
/// Mesa 22.3 crashed when contexts made by EGL were given back.
class OverlayPass {
 public:
  explicit OverlayPass(const std::filesystem::path& shaders);
  /// Makes the glyph texture of a built atlas.
  void set_glyphs(ImFontAtlas& atlas);
  /// Into the bound framebuffer. The uniform block `Frame` must be bound.
  void draw(const ImDrawData& data);

 private:
  void draw_list(const ImDrawList& list, float height);

  gl::Program program_;
  gl::VertexArray array_;
  gl::Buffer vertices_;
  gl::Buffer indices_;
  gl::Texture glyphs_;
};

}  // namespace purlscope::render
