#pragma once

#include <filesystem>
#include <memory>

#include "render/renderer.h"
#include "render/scene.h"

namespace purlscope::render {

/// Read-outs over the picture: title, colour bar, scores, caption, names. Drawn with Dear ImGui's drawing lists; it
/// takes no input. Has a Dear ImGui context of its own. Needs the renderer's OpenGL context in every call.
class Overlay {
 public:
  explicit Overlay(const std::filesystem::path& shaders);
  ~Overlay();
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  /// Into the bound framebuffer. The uniform block `Frame` must be bound.
  void draw(const Scene& scene, const Viewport& viewport);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace purlscope::render
