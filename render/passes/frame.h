#pragma once

#include <array>
#include <glm/glm.hpp>

#include "render/gl/objects.h"
#include "render/renderer.h"
#include "render/scene.h"

namespace purlscope::render {

/// Values of one picture for all shaders: the uniform block `Frame` of resources/shaders/common.glsl (std140).
struct FrameBlock {
  glm::mat4 view;
  glm::mat4 projection;
  glm::vec4 ray;
  glm::vec4 viewport;
  std::array<glm::vec4, 2> samples;
  glm::vec4 background;
  glm::vec4 grid;
  glm::vec4 muted;
  glm::vec4 rim;
  glm::vec4 ground;
};

/// Offsets of the four samples from the pixel's centre, of the multisampled framebuffer that is bound.
std::array<glm::vec4, 2> sample_offsets();

/// The block for one picture. @param samples as sample_offsets gives them
FrameBlock make_frame_block(const Scene& scene, const Viewport& viewport, const std::array<glm::vec4, 2>& samples);

}  // namespace purlscope::render
