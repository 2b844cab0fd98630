#include "app/studio/view/view_content.h"

#include <algorithm>

#include "app/studio/view/scale_words.h"

namespace purlscope::app {
namespace {

/// What both halves share.
void dress(render::Scene& scene, const ViewContent& content) {
  scene.theme = content.theme;
  scene.floor = content.floor;
  scene.overlay = content.overlay;
  scene.bottom_inset = content.bottom_inset;
  if (!scene.quantity || content.title.empty()) return;
  translate_scale(*scene.quantity);
  scene.quantity->title = content.title;
  scene.quantity->note = content.note;
  scene.quantity->legend = content.legend;
}

/// Place of a pinned joint's body; ghosts come first, the body itself last.
std::optional<int> body_of(const render::Scene& scene, const std::string& person) {
  for (std::size_t body = scene.bodies.size(); body-- > 0;) {
    if (scene.bodies[body].id == person) return static_cast<int>(body);
  }
  return std::nullopt;
}

}  // namespace

render::Scene scene_at(const ViewContent& content, double seconds) {
  const ShownClip& main = content.main;
  render::Scene scene = render::make_scene(*main.clip, seconds, main.recognition.get(), main.options);
  for (render::Body& body : scene.bodies) {
    if (body.person < 0 || static_cast<std::size_t>(body.person) >= content.numbers.size()) continue;
    body.person = content.numbers[static_cast<std::size_t>(body.person)];
    body.tint = render::person_tint(body.person);
  }
  scene.floor_height = main.floor_height;
  dress(scene, content);
  for (const Pin& pin : content.pins) {
    if (const auto body = body_of(scene, pin.person)) scene.pinned.emplace_back(*body, pin.joint);
  }
  scene.camera = content.camera;
  if (content.beside) scene.caption = main.clip->name;
  return scene;
}

std::optional<BesideScene> beside_at(const ViewContent& content, double seconds) {
  if (!content.beside) return std::nullopt;
  const ShownClip& shown = *content.beside;
  BesideScene beside;
  beside.scene = render::make_scene(*shown.clip, std::min(seconds, shown.clip->duration()), shown.recognition.get(),
                                    shown.options);
  beside.scene.floor_height = shown.floor_height;
  dress(beside.scene, content);
  beside.scene.caption = shown.clip->name;
  beside.home = content.home;
  beside.own_home = content.beside_home;
  return beside;
}

void share_scale(render::Scene& scene, render::Scene& beside) {
  render::share_range(scene, beside);
  for (render::Scene* half : {&scene, &beside}) {
    if (half->quantity) translate_scale(*half->quantity);
  }
}

void place_cameras(ViewContent& content, float aspect) {
  if (!content.placed) return;
  content.home = render::default_camera(*content.main.clip, content.main.options.person, aspect);
  if (content.beside) content.beside_home = render::default_camera(*content.beside->clip, -1, aspect);
  content.camera = content.home;
  if (content.preset != render::ViewPreset::perspective) content.camera.set_preset(content.preset);
}

}  // namespace purlscope::app
