#pragma once

#include <glm/glm.hpp>

#include "render/renderer.h"
#include "render/scene.h"

namespace purlscope::render {

/// Values of one picture for all shaders: the uniform block `Frame` of resources/shaders/common.glsl (std140).
struct FrameBlock {
  glm::mat4 view;
  glm::mat4 projection;
  glm::vec4 ray;
  glm::vec4 viewport;
  glm::vec4 background;
  glm::vec4 grid;
  glm::vec4 muted;
  glm::vec4 rim;
  glm::vec4 ground;
};

/// The block for one picture.
FrameBlock make_frame_block(const Scene& scene, const Viewport& viewport);

}  // namespace purlscope::render
