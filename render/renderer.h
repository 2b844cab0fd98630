#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "render/image.h"
#include "render/scene.h"

namespace purlscope::render {

/// The picture to draw.
struct Viewport {
  int width = 0;  ///< device pixels
  int height = 0;
  float pixel_ratio = 1.0F;  ///< device pixels per logical pixel: sizes of text and lines
  bool transparent = false;  ///< clear to alpha 0
  int left = 0;              ///< where the picture begins in its framebuffer, device pixels from its lower left
  int bottom = 0;
};

/// The left and the right half of a picture, with a line of two logical pixels between them.
std::pair<Viewport, Viewport> halves(const Viewport& whole);

/// A joint under the mouse.
struct Pick {
  int body = -1;
  int joint = -1;
};

/// Draws scenes with OpenGL 4.1 core or later. Needs a current context in every call, the same one for its whole life
/// (also in the destructor). Thread: the context's.
class Renderer {
 public:
  /// @throws Error{Code::unsupported} when the context is too old, Error{Code::not_found} for a missing resource
  explicit Renderer(const std::filesystem::path& resources);
  ~Renderer();
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;

  /// Draws into the given framebuffer object (0 = default), which needs colour and depth. Edges are smooth by
  /// themselves: one sample a pixel is enough.
  /// @throws Error{Code::not_found} for an unknown colour map, Error{Code::limit} for too large a picture
  void draw(const Scene& scene, const Viewport& viewport, unsigned framebuffer = 0);
  /// Draws two scenes side by side, each in its half. @throws as draw
  void draw_beside(const Scene& left, const Scene& right, const Viewport& viewport, unsigned framebuffer = 0);
  /// Draws off screen and reads back. @throws as draw
  Image grab(const Scene& scene, const Viewport& viewport);
  /// The same with two scenes side by side. @throws as draw
  Image grab_beside(const Scene& left, const Scene& right, const Viewport& viewport);
  /// The joint nearest to a point (logical pixels from the top left), computed by projecting; no GL call.
  static std::optional<Pick> pick(const Scene& scene, const Viewport& viewport, float x, float y);
  /// "llvmpipe (LLVM 15), OpenGL 4.5"
  std::string description() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace purlscope::render
