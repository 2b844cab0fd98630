#include <benchmark/benchmark.h>
#include <epoxy/gl.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/paths.h"
#include "render/headless.h"
#include "render/renderer.h"
#include "tests/render/figure.h"

namespace purlscope::render {
namespace {

constexpr Viewport kView{1280, 720, 1.0F, false};
constexpr float kSpacing = 0.6F;  ///< metres between the persons of a crowd
constexpr int kRow = 10;

/// A grid of persons, all coloured, all in the picture.
Scene crowd(int count) {
  Scene scene = test::throwing_scene();
  const Body one = scene.bodies[0];
  scene.bodies.clear();
  for (int i = 0; i < count; ++i) {
    Body body = one;
    const int row = i / kRow, column = i % kRow;
    const glm::vec3 offset{static_cast<float>(column) * kSpacing, 0, static_cast<float>(row) * kSpacing};
    for (glm::vec3& joint : body.joints) joint += offset;
    scene.bodies.push_back(body);
  }
  if (count == 1) return scene;
  const int columns = std::min(count, kRow);
  const int rows = (count - 1) / kRow + 1;
  const glm::vec3 reach{static_cast<float>(columns - 1) * kSpacing, 0, static_cast<float>(rows - 1) * kSpacing};
  scene.camera.frame({-0.45F, 0.0F, 2.2F}, glm::vec3(0.55F, 1.95F, 2.7F) + reach, 16.0F / 9.0F);
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
  const Scene scene = crowd(static_cast<int>(state.range(0)));
  for ([[maybe_unused]] const auto step : state) benchmark::DoNotOptimize(renderer.grab(scene, kView));
}
BENCHMARK(grab_picture)->Arg(1)->Arg(100)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

/// How many pixels of the scene's picture are not its ground.
int drawn_pixels(const Scene& scene) {
  Renderer renderer(core::resource_dir());
  Scene empty = scene;
  empty.bodies.clear();
  empty.floor = empty.overlay = false;
  const Image ground = renderer.grab(empty, kView);
  const Image picture = renderer.grab(scene, kView);
  int count = 0;
  for (std::size_t i = 0; i < picture.rgba.size(); i += 4) {
    count += std::equal(&picture.rgba[i], &picture.rgba[i] + 4, &ground.rgba[i]) ? 0 : 1;
  }
  return count;
}

GLuint compiled(GLuint program, GLenum type, const char* text) {
  const GLuint stage = glCreateShader(type);
  glShaderSource(stage, 1, &text, nullptr);
  glCompileShader(stage);
  glAttachShader(program, stage);
  return stage;
}

/// What no drawing can be faster than: a clear, as many pixels of one colour in one rectangle, the same read-back.
void floor_of_picture(benchmark::State& state) {
  const HeadlessContext context;
  const int pixels = drawn_pixels(crowd(static_cast<int>(state.range(0))));
  const Host host;
  const GLuint program = glCreateProgram();
  compiled(program, GL_VERTEX_SHADER,
           "#version 410 core\nuniform float top;\nvoid main() { gl_Position = vec4(gl_VertexID % 2 * 2 - 1, "
           "gl_VertexID < 2 ? -1.0 : top, 0.5, 1); }");
  compiled(program, GL_FRAGMENT_SHADER, "#version 410 core\nout vec4 color;\nvoid main() { color = vec4(0.5); }");
  glLinkProgram(program);
  glUseProgram(program);
  glUniform1f(glGetUniformLocation(program, "top"),
              2.0F * static_cast<float>(pixels) / (kView.width * kView.height) - 1);
  GLuint array = 0;
  glGenVertexArrays(1, &array);
  glBindVertexArray(array);
  glBindFramebuffer(GL_FRAMEBUFFER, host.framebuffer());
  glViewport(0, 0, kView.width, kView.height);
  const std::size_t row = std::size_t{kView.width} * 4;
  for ([[maybe_unused]] const auto step : state) {
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
    std::vector<std::uint8_t> picture(row * kView.height);
    glReadPixels(0, 0, kView.width, kView.height, GL_RGBA, GL_UNSIGNED_BYTE, picture.data());
    benchmark::DoNotOptimize(picture);
  }
  state.SetLabel(std::to_string(pixels) + " pixels");
}
BENCHMARK(floor_of_picture)->Arg(1)->Arg(100)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace purlscope::render
