#include <limits>
#include <memory>

#include "app/cli/bench/stages.h"
#include "core/base/paths.h"
#include "core/base/stopwatch.h"
#include "render/headless.h"
#include "render/renderer.h"

namespace purlscope::app::cli {
namespace {

constexpr render::Viewport kView{1280, 720, 1.0F, false};
constexpr int kRow = 10;          // persons of a crowd in a row
constexpr float kSpacing = 0.6F;  // metres between them

/// Looks at all persons.
render::Camera camera_for(const render::Scene& scene, render::Camera camera) {
  glm::vec3 low(std::numeric_limits<float>::max());
  glm::vec3 high = -low;
  for (const render::Body& body : scene.bodies) {
    for (std::size_t joint = 0; joint < body.joints.size(); ++joint) {
      if (body.state[joint] == core::JointState::missing) continue;
      low = glm::min(low, body.joints[joint]);
      high = glm::max(high, body.joints[joint]);
    }
  }
  camera.frame(low, high, static_cast<float>(kView.width) / static_cast<float>(kView.height));
  return camera;
}

/// The recording's pose in its middle, as often as asked for, every joint coloured, all in the picture.
render::Scene crowd(const core::Clip& clip, int persons) {
  render::Scene scene = render::make_scene(clip, clip.duration() / 2, nullptr, {});
  render::Body one = scene.bodies.back();
  one.value.clear();
  for (std::size_t joint = 0; joint < one.joints.size(); ++joint) {
    one.value.push_back(static_cast<float>(joint) / static_cast<float>(one.joints.size()));
  }
  scene.bodies.clear();
  for (int i = 0; i < persons; ++i) {
    scene.bodies.push_back(one);
    const int row = i / kRow, column = i % kRow;
    const glm::vec3 place{static_cast<float>(column) * kSpacing, 0, static_cast<float>(row) * kSpacing};
    for (glm::vec3& joint : scene.bodies.back().joints) joint += place;
  }
  scene.quantity.emplace().title = "bench";
  scene.camera = camera_for(scene, scene.camera);
  scene.floor_height = render::floor_height(clip, -1);
  scene.caption = clip.name;
  return scene;
}

Prepared prepare_render(Subject& subject, int persons) {
  struct State {
    render::HeadlessContext context;
    render::Renderer renderer{core::resource_dir()};
    render::Scene scene;
  };
  const auto state = std::make_shared<State>();
  state->scene = crowd(*subject.clip(), persons);
  const auto run = [state] {
    const core::Stopwatch watch;
    state->renderer.grab(state->scene, kView);
    return watch.ms();
  };
  return {run, [state] { return Json{{"renderer", state->renderer.description()}}; }};
}

}  // namespace

Prepared prepare_render_1(Subject& subject) { return prepare_render(subject, 1); }
Prepared prepare_render_100(Subject& subject) { return prepare_render(subject, 100); }

}  // namespace purlscope::app::cli
