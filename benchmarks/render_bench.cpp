#include <benchmark/benchmark.h>
#include <epoxy/gl.h>

#include "core/base/paths.h"
#include "render/headless.h"
#include "render/renderer.h"
#include "tests/render/figure.h"

namespace purlscope::render {
namespace {

constexpr Viewport kView{1280, 720, 1.0F, false};
constexpr float kSpacing = 0.6F;  ///< metres between the persons of a crowd
constexpr int kRow = 10;

/// A grid of persons, all coloured.
Scene crowd(int count) {
  Scene scene = test::throwing_scene();
  const Body one = scene.bodies[0];
  scene.bodies.clear();
  for (int i = 0; i < count; ++i) {
    Body body = one;
    const glm::vec3 offset{static_cast<float>(i % kRow) * kSpacing, 0, static_cast<float>(i / kRow) * kSpacing};
    for (glm::vec3& joint : body.joints) joint += offset;
    scene.bodies.push_back(body);
  }
  return scene;
}

/// A framebuffer of the host's, as a widget has one.
class Host {
 public:
  Host() {
    glGenRenderbuffers(1, &color_);
    glGenRenderbuffers(1, &depth_);
    glGenFramebuffers(1, &framebuffer_);
    glBindRenderbuffer(GL_RENDERBUFFER, color_);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, kView.width, kView.height);
    glBindRenderbuffer(GL_RENDERBUFFER, depth_);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT24, kView.width, kView.height);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color_);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth_);
  }
  ~Host() {
    glDeleteFramebuffers(1, &framebuffer_);
    glDeleteRenderbuffers(1, &color_);
    glDeleteRenderbuffers(1, &depth_);
  }
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  GLuint framebuffer() const { return framebuffer_; }

 private:
  GLuint color_ = 0;
  GLuint depth_ = 0;
  GLuint framebuffer_ = 0;
};

void draw_scene(benchmark::State& state, const Scene& scene) {
  const HeadlessContext context;
  Renderer renderer(core::resource_dir());
  const Host host;
  renderer.draw(scene, kView, host.framebuffer());
  glFinish();
  for ([[maybe_unused]] const auto step : state) {
    renderer.draw(scene, kView, host.framebuffer());
    glFinish();
  }
  state.SetLabel(renderer.description());
}

void draw_bodies(benchmark::State& state) { draw_scene(state, crowd(static_cast<int>(state.range(0)))); }
BENCHMARK(draw_bodies)->Arg(1)->Arg(2)->Arg(100)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

void draw_without_read_outs(benchmark::State& state) {
  Scene scene = crowd(1);
  scene.overlay = false;
  draw_scene(state, scene);
}
BENCHMARK(draw_without_read_outs)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

void grab_picture(benchmark::State& state) {
  const HeadlessContext context;
  Renderer renderer(core::resource_dir());
  const Scene scene = crowd(1);
  for ([[maybe_unused]] const auto step : state) benchmark::DoNotOptimize(renderer.grab(scene, kView));
}
BENCHMARK(grab_picture)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace purlscope::render
