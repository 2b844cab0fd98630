#include "render/projection.h"

#include <cmath>

namespace purlscope::render {
namespace {
constexpr float kNearest = 0.02F;
}

Projector::Projector(const Camera& camera, const Viewport& viewport)
    : view_(camera.view()),
      size_(viewport.width, viewport.height),
      half_height_(std::tan(camera.fov / 2) * (camera.orthographic ? camera.distance : 1.0F)),
      orthographic_(camera.orthographic) {}

std::optional<ScreenPoint> Projector::operator()(const glm::vec3& point) const {
  const glm::vec4 seen = view_ * glm::vec4(point, 1.0F);
  const float depth = -seen.z;
  if (!orthographic_ && !(depth > kNearest)) return std::nullopt;
  const float half = half_height_ * (orthographic_ ? 1.0F : depth);
  const float pixels_per_metre = size_.y / (2 * half);
  return ScreenPoint{
      {size_.x / 2 + seen.x * pixels_per_metre, size_.y / 2 - seen.y * pixels_per_metre}, depth, pixels_per_metre};
}

}  // namespace purlscope::render
