#pragma once

#include <filesystem>
#include <vector>

#include "render/gl/objects.h"
#include "render/passes/instances.h"

namespace purlscope::render {

/// Draws the floor: a grid of half metres that fades with the distance from the middle, and soft shadows.
class FloorPass {
 public:
  explicit FloorPass(const std::filesystem::path& shaders);
  /// Before the bodies; writes no depth. The uniform block `Frame` must be bound.
  /// @param radius metres around the middle in which the grid shows
  void draw(const std::vector<ShadowInstance>& shadows, float radius);

 private:
  gl::Program grid_program_;
  gl::Program shadow_program_;
  gl::VertexArray grid_array_;
  gl::VertexArray shadow_array_;
  gl::Buffer shadow_buffer_;
};

}  // namespace purlscope::render
