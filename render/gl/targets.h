#pragma once

#include <memory>

#include "render/gl/objects.h"

namespace purlscope::render::gl {

/// An off-screen picture to read back: RGBA of 8 bits, one sample a pixel, no depth.
class PlainTarget {
 public:
  /// @throws Error{Code::limit} when the driver cannot make so large a picture
  PlainTarget(int width, int height);
  GLuint framebuffer() const { return framebuffer_.name(); }

 private:
  Renderbuffer color_;
  Framebuffer framebuffer_;
};

/// A layer with several samples a pixel and depth, whose colours a shader can fetch (sampler2DMS).
class SampledTarget {
 public:
  /// @throws Error{Code::limit} when the driver cannot make so large a picture
  SampledTarget(int width, int height, int samples);
  GLuint framebuffer() const { return framebuffer_.name(); }
  GLuint texture() const { return color_.name(); }
  bool holds(int width, int height) const { return width_ == width && height_ == height; }

 private:
  int width_;
  int height_;
  Texture color_;
  Renderbuffer depth_;
  Framebuffer framebuffer_;
};

}  // namespace purlscope::render::gl
