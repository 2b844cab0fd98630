#pragma once

#include <imgui.h>

#include <filesystem>

#include "render/gl/objects.h"
#include "render/renderer.h"

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
  /// Into the bound framebuffer, in the viewport's place. The uniform block `Frame` must be bound.
  void draw(const ImDrawData& data, const Viewport& viewport);

 private:
  void draw_list(const ImDrawList& list, const Viewport& viewport);

  gl::Program program_;
  gl::VertexArray array_;
  gl::Buffer vertices_;
  gl::Buffer indices_;
  gl::Texture glyphs_;
};

}  // namespace purlscope::render
