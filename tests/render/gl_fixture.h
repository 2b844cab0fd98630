#pragma once

#include <epoxy/gl.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/paths.h"
#include "render/headless.h"
#include "render/image.h"
#include "render/renderer.h"
#include "tests/support/source_dir.h"

namespace purlscope::test {

/// A headless context and a renderer on it; no test may leave an OpenGL error behind.
class GlTest : public testing::Test {
 protected:
  void SetUp() override {
    context_ = std::make_unique<render::HeadlessContext>();
    renderer_ = std::make_unique<render::Renderer>(core::resource_dir());
  }

  void TearDown() override {
    renderer_.reset();
    EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
    context_.reset();
  }

  render::Image grab(const render::Scene& scene, const render::Viewport& viewport) {
    return renderer_->grab(scene, viewport);
  }

  std::unique_ptr<render::HeadlessContext> context_;
  std::unique_ptr<render::Renderer> renderer_;
};

/// A stored picture of this folder.
inline std::filesystem::path baseline(const std::string& name) {
  return test::source_dir() / "tests" / "render" / "baselines" / (name + ".png");
}

}  // namespace purlscope::test
