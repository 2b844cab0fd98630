#pragma once

#include "render/gl/objects.h"

namespace purlscope::render::gl {

/// An off-screen picture to read back: RGBA of 8 bits and depth, one sample a pixel.
class PlainTarget {
 public:
  /// @throws Error{Code::limit} when the driver cannot make so large a picture
  PlainTarget(int width, int height);
  GLuint framebuffer() const { return framebuffer_.name(); }
  bool holds(int width, int height) const { return width_ == width && height_ == height; }

 private:
  int width_;
  int height_;
  Renderbuffer color_;
  Renderbuffer depth_;
  Framebuffer framebuffer_;
};

}  // namespace purlscope::render::gl
