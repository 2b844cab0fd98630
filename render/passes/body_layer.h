#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "render/gl/targets.h"
#include "render/passes/body_pass.h"
#include "render/passes/frame.h"
#include "render/passes/instances.h"

namespace purlscope::render {

/// Draws the bodies into a multisampled layer of their own and lays it over the picture.
///
/// Floor and read-outs smooth their own edges, so only the part of the picture that bodies cover pays for samples: on a
/// software driver that is most of the time of a frame.
class BodyLayer {
 public:
  explicit BodyLayer(const std::filesystem::path& shaders);
  /// Over the given framebuffer, after `prepare`. The uniform block `Frame` must be bound.
  void draw(const Instances& instances, const std::string& color_map, const Camera& camera, const Viewport& viewport,
            GLuint framebuffer);
  /// Positions of the samples; makes the layer when the size changed.
  std::array<glm::vec4, 2> prepare(const Viewport& viewport);

 private:
  void composite(const PixelArea& area, const Viewport& viewport);

  BodyPass bodies_;
  gl::Program composite_program_;
  gl::VertexArray composite_array_;
  std::optional<gl::SampledTarget> target_;
};

}  // namespace purlscope::render
