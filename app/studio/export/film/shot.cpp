#include "app/studio/export/film/shot.h"

#include <algorithm>
#include <utility>

#include "core/base/paths.h"
#include "render/headless.h"

namespace purlscope::app {

struct ShotArtist::Gl {
  render::HeadlessContext context;
  render::Renderer renderer{core::resource_dir()};
};

ShotArtist::ShotArtist(ViewContent content, const Shot& shot) : content_(std::move(content)) {
  const QSize view = content_.size.expandedTo(QSize(1, 1));
  const float ratio = std::min(static_cast<float>(shot.width) / static_cast<float>(view.width()),
                               static_cast<float>(shot.height) / static_cast<float>(view.height()));
  viewport_ = {.width = shot.width, .height = shot.height, .pixel_ratio = ratio, .transparent = shot.transparent};
  content_.overlay = shot.overlay;
  content_.bottom_inset = 0.0F;
  const render::Viewport own = content_.beside ? render::halves(viewport_).first : viewport_;
  place_cameras(content_, static_cast<float>(std::max(1, own.width)) / static_cast<float>(own.height));
  gl_ = std::make_unique<Gl>();
}

ShotArtist::~ShotArtist() = default;

render::Image ShotArtist::draw(double seconds) {
  render::Scene scene = scene_at(content_, seconds);
  std::optional<BesideScene> beside = beside_at(content_, seconds);
  if (!beside) return gl_->renderer.grab(scene, viewport_);
  share_scale(scene, beside->scene);
  beside->scene.camera = render::linked_camera(scene.camera, beside->home, beside->own_home);
  return gl_->renderer.grab_beside(scene, beside->scene, viewport_);
}

}  // namespace purlscope::app
