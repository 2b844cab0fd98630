#include "render/gl/targets.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace purlscope::render::gl {
namespace {

void check_size(int width, int height) {
  GLint largest = 0;
  glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &largest);
  if (width <= largest && height <= largest) return;
  throw Error(Code::limit,
              fmt::format("a picture of {} x {} pixels is too large for this OpenGL driver, which draws at "
                          "most {} a side; choose a smaller size or scale",
                          width, height, largest));
}

void check_complete(int width, int height) {
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE) return;
  throw Error(Code::limit,
              fmt::format("the OpenGL driver has no memory for a picture of {} x {} pixels; choose a smaller "
                          "size or scale",
                          width, height));
}

}  // namespace

PlainTarget::PlainTarget(int width, int height) : width_(width), height_(height) {
  check_size(width, height);
  glBindRenderbuffer(GL_RENDERBUFFER, color_.name());
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  glBindRenderbuffer(GL_RENDERBUFFER, depth_.name());
  glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT24, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.name());
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color_.name());
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth_.name());
  check_complete(width, height);
}

}  // namespace purlscope::render::gl
