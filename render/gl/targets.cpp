#include "render/gl/targets.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace purlscope::render::gl {
namespace {

void check_size(int width, int height) {
  GLint largest = 0;
  glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &largest);
  if (width <= largest && height <= largest) return;
  throw Error(Code::limit, fmt::format("a picture of {} x {} pixels is too large for this OpenGL driver, which draws at "
                                       "most {} a side; choose a smaller size or scale",
                                       width, height, largest));
}

void allocate(const Renderbuffer& buffer, GLenum format, int width, int height, int samples) {
  glBindRenderbuffer(GL_RENDERBUFFER, buffer.name());
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, format, width, height);
}

}  // namespace

Target::Target(int width, int height, int samples) : width_(width), height_(height), samples_(samples) {
  check_size(width, height);
  allocate(color_, GL_RGBA8, width, height, samples);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.name());
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color_.name());
  if (samples > 0) {
    allocate(depth_, GL_DEPTH_COMPONENT24, width, height, samples);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth_.name());
  }
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    throw Error(Code::limit, fmt::format("the OpenGL driver has no memory for a picture of {} x {} pixels with {} samples; "
                                         "choose a smaller size or scale",
                                         width, height, samples));
  }
}

Target& TargetCache::get(int width, int height, int samples) {
  if (!target_ || target_->width() != width || target_->height() != height || target_->samples() != samples) {
    target_.reset();
    target_.emplace(width, height, samples);
  }
  return *target_;
}

}  // namespace purlscope::render::gl
