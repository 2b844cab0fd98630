#pragma once

#include <epoxy/gl.h>
#include <gtest/gtest.h>

#include <cstdlib>
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

inline std::filesystem::path baseline(const std::string& name) {
  return test::source_dir() / "tests" / "render" / "baselines" / (name + ".png");
}

/// Mean difference that other versions of the software rasteriser and the font library may make.
inline constexpr double kPictureTolerance = 0.002;

/// Compares with the stored picture; PURLSCOPE_UPDATE_BASELINES=1 stores it instead. On failure the picture and the
/// difference are left in the folder of temporary files.
inline void expect_baseline(const render::Image& picture, const std::string& name) {
  if (const char* update = std::getenv("PURLSCOPE_UPDATE_BASELINES"); update != nullptr && std::string(update) == "1") {
    render::write_png(picture, baseline(name));
    GTEST_SKIP() << "stored " << baseline(name);
  }
  const render::Image expected = render::read_png(baseline(name));
  const double error = render::image_error(picture, expected);
  if (error <= kPictureTolerance) return;
  const std::filesystem::path folder = testing::TempDir();
  render::write_png(picture, folder / ("purlscope_" + name + ".png"));
  if (picture.width == expected.width && picture.height == expected.height) {
    render::write_png(render::image_difference(picture, expected), folder / ("purlscope_" + name + "_difference.png"));
  }
  ADD_FAILURE() << name << " differs from its baseline by " << error << ", at most " << kPictureTolerance
                << "; see purlscope_" << name << "*.png in " << folder;
}

}  // namespace purlscope::test
