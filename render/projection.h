#pragma once

#include <glm/glm.hpp>
#include <optional>

#include "render/camera.h"
#include "render/renderer.h"

namespace purlscope::render {

/// Where a point appears, in device pixels from the top left, and its depth from the eye in metres.
struct ScreenPoint {
  glm::vec2 position{0};
  float depth = 0;
  float pixels_per_metre = 0;
};

/// Projects points of one picture; makes the matrices once.
class Projector {
 public:
  Projector(const Camera& camera, const Viewport& viewport);
  /// Absent behind the eye.
  std::optional<ScreenPoint> operator()(const glm::vec3& point) const;

 private:
  glm::mat4 view_;
  glm::vec2 size_;
  float half_height_;  ///< metres at depth 1; orthographic: at every depth
  bool orthographic_;
};

}  // namespace purlscope::render
