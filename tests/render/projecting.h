#pragma once

#include <glm/glm.hpp>

#include "render/camera.h"
#include "render/renderer.h"

namespace purlscope::test {

/// Device pixels from the top left, by the camera's own matrices (the renderer has a shorter way of its own).
inline glm::vec2 project(const render::Camera& camera, const render::Viewport& viewport, const glm::vec3& point) {
  const auto width = static_cast<float>(viewport.width);
  const auto height = static_cast<float>(viewport.height);
  const glm::vec4 clip = camera.projection(width / height) * camera.view() * glm::vec4(point, 1.0F);
  return {(clip.x / clip.w * 0.5F + 0.5F) * width, (0.5F - clip.y / clip.w * 0.5F) * height};
}

}  // namespace purlscope::test
