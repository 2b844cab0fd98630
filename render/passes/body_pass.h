#pragma once

#include <filesystem>
#include <string>

#include "render/gl/objects.h"
#include "render/passes/instances.h"

namespace purlscope::render {

/// Draws joints as balls and bones as capsules: one rectangle a primitive, its surface found in the fragment shader,
/// where it also smooths its own edge. One instanced call for all that is solid, far and has no ring, one for the near.
class BodyPass {
 public:
  explicit BodyPass(const std::filesystem::path& shaders);
  /// Over the bound framebuffer, whose depth must be cleared. The uniform block `Frame` must be bound.
  void draw(const Instances& instances, const std::string& color_map);

 private:
  void use_color_map(const std::string& id);
  void draw_translucent(const Instances& instances);
  void draw_rings(const Instances& instances);
  void draw_capsules(const gl::Program& program, std::size_t first, std::size_t count);

  gl::Program near_program_;
  gl::Program far_program_;
  gl::Program ring_program_;
  gl::VertexArray capsule_array_;
  gl::VertexArray ring_array_;
  gl::Buffer capsule_buffer_;
  gl::Buffer ring_buffer_;
  gl::Texture map_texture_;
  std::string map_id_;  ///< what map_texture_ holds
};

}  // namespace purlscope::render
