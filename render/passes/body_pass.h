#pragma once

#include <filesystem>
#include <string>

#include "render/gl/objects.h"
#include "render/passes/instances.h"

namespace purlscope::render {

/// Draws joints as spheres and bones as capsules: one square a primitive, the surface found by ray casting in the
/// fragment shader. One instanced call for all joints and one for all bones.
class BodyPass {
 public:
  explicit BodyPass(const std::filesystem::path& shaders);
  /// Into the bound multisampled framebuffer with depth. The uniform block `Frame` must be bound.
  void draw(const Instances& instances, const std::string& color_map);

 private:
  void use_color_map(const std::string& id);
  void draw_solid(const Instances& instances);
  void draw_translucent(const Instances& instances);
  void draw_joints(std::size_t first, std::size_t count);
  void draw_bones(std::size_t first, std::size_t count);

  gl::Program joint_program_;
  gl::Program bone_program_;
  gl::VertexArray joint_array_;
  gl::VertexArray bone_array_;
  gl::Buffer joint_buffer_;
  gl::Buffer bone_buffer_;
  gl::Texture map_texture_;
  std::string map_id_;  ///< what map_texture_ holds
};

}  // namespace purlscope::render
