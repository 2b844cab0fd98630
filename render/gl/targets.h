#pragma once

#include <optional>

#include "render/gl/objects.h"

namespace purlscope::render::gl {

/// An off-screen picture, RGBA of 8 bits, multisampled with depth or plain.
class Target {
 public:
  /// @param samples 0 = one sample a pixel and no depth
  /// @throws Error{Code::limit} when the driver cannot make so large a picture
  Target(int width, int height, int samples);
  GLuint framebuffer() const { return framebuffer_.name(); }
  int width() const { return width_; }
  int height() const { return height_; }
  int samples() const { return samples_; }

 private:
  int width_;
  int height_;
  int samples_;
  Renderbuffer color_;
  Renderbuffer depth_;
  Framebuffer framebuffer_;
};

/// Keeps one target and makes it anew when the size changes.
class TargetCache {
 public:
  Target& get(int width, int height, int samples);

 private:
  std::optional<Target> target_;
};

}  // namespace purlscope::render::gl
