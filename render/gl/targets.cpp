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

PlainTarget::PlainTarget(int width, int height) {
  check_size(width, height);
  glBindRenderbuffer(GL_RENDERBUFFER, color_.name());
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.name());
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color_.name());
  check_complete(width, height);
}

SampledTarget::SampledTarget(int width, int height, int samples) : width_(width), height_(height) {
  check_size(width, height);
  glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, color_.name());
  glTexImage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, samples, GL_RGBA8, width, height, GL_TRUE);
  glBindRenderbuffer(GL_RENDERBUFFER, depth_.name());
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, GL_DEPTH_COMPONENT24, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.name());
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D_MULTISAMPLE, color_.name(), 0);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth_.name());
  check_complete(width, height);
}

}  // namespace purlscope::render::gl
