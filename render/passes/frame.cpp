#include "render/passes/frame.h"

#include <algorithm>
#include <cmath>

namespace purlscope::render {
namespace {

constexpr float kDarkRim = 0.55F;
constexpr float kLightRim = 0.22F;
constexpr float kMinGroundRadius = 3.0F;
constexpr float kGroundPerDistance = 1.5F;

float luminance(const glm::vec4& color) { return 0.2126F * color.r + 0.7152F * color.g + 0.0722F * color.b; }

/// Light edges on dark ground, dark edges on light ground: the ends of every colour map stay visible.
glm::vec4 rim_light(const Theme& theme) {
  const bool dark = luminance(theme.background) < 0.5F;
  return {glm::vec3(theme.muted), dark ? kDarkRim : kLightRim};
}

}  // namespace

FrameBlock make_frame_block(const Scene& scene, const Viewport& viewport) {
  const Camera& camera = scene.camera;
  const auto width = static_cast<float>(viewport.width);
  const auto height = static_cast<float>(viewport.height);
  const float aspect = width / height;
  const float half = std::tan(camera.fov / 2) * (camera.orthographic ? camera.distance : 1.0F);
  FrameBlock block{};
  block.view = camera.view();
  block.projection = camera.projection(aspect);
  block.ray = {half * aspect, half, camera.orthographic ? 1.0F : 0.0F, 0.0F};
  block.viewport = {width, height, viewport.pixel_ratio, half};
  block.background = scene.theme.background;
  block.grid = scene.theme.grid;
  block.muted = scene.theme.muted;
  block.rim = rim_light(scene.theme);
  block.ground = {camera.target.x, camera.target.z, scene.floor_height,
                  std::max(kMinGroundRadius, kGroundPerDistance * camera.distance)};
  return block;
}

}  // namespace purlscope::render
