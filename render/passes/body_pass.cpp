#include "render/passes/body_pass.h"

#include <algorithm>
#include <cstddef>

#include "render/colormap.h"
#include "render/gl/shader.h"

namespace purlscope::render {
namespace {

constexpr GLsizei kCorners = 4;

void* byte_offset(std::size_t bytes) { return reinterpret_cast<void*>(bytes); }

/// Points the attributes of the bound vertex array at instance number `first` of the bound buffer. GL 4.1 has no base
/// instance, so a range starts by moving the pointers.
template <class Instance, std::size_t N>
void point_attributes(const std::array<std::pair<GLint, std::size_t>, N>& fields, std::size_t first) {
  for (GLuint location = 0; location < N; ++location) {
    glVertexAttribPointer(location, fields[location].first, GL_FLOAT, GL_FALSE, sizeof(Instance),
                          byte_offset(first * sizeof(Instance) + fields[location].second));
    glEnableVertexAttribArray(location);
    glVertexAttribDivisor(location, 1);
  }
}

constexpr std::array<std::pair<GLint, std::size_t>, 3> kJointFields{{{4, offsetof(JointInstance, centre_radius)},
                                                                     {4, offsetof(JointInstance, color_opacity)},
                                                                     {2, offsetof(JointInstance, style_mute)}}};
constexpr std::array<std::pair<GLint, std::size_t>, 4> kBoneFields{{{4, offsetof(BoneInstance, a_radius)},
                                                                    {4, offsetof(BoneInstance, b_opacity)},
                                                                    {4, offsetof(BoneInstance, tint_mute)},
                                                                    {2, offsetof(BoneInstance, values)}}};

template <class Instance>
void upload(const gl::Buffer& buffer, const std::vector<Instance>& instances) {
  glBindBuffer(GL_ARRAY_BUFFER, buffer.name());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(instances.size() * sizeof(Instance)), instances.data(),
               GL_STREAM_DRAW);
}

}  // namespace

BodyPass::BodyPass(const std::filesystem::path& shaders)
    : joint_program_(gl::load_program(shaders, "joint", {"surface.glsl"})),
      bone_program_(gl::load_program(shaders, "bone", {"surface.glsl"})) {
  use_color_map("viridis");
}

void BodyPass::use_color_map(const std::string& id) {
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, map_texture_.name());
  if (id == map_id_) return;
  const std::vector<glm::vec3>& colors = ColorMap::get(id).colors();
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, static_cast<GLsizei>(colors.size()), 1, 0, GL_RGB, GL_FLOAT, colors.data());
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER}) {
    glTexParameteri(GL_TEXTURE_2D, filter, GL_LINEAR);
  }
  for (const GLenum wrap : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T}) {
    glTexParameteri(GL_TEXTURE_2D, wrap, GL_CLAMP_TO_EDGE);
  }
  map_id_ = id;
}

void BodyPass::draw(const Instances& instances, const std::string& color_map) {
  upload(joint_buffer_, instances.joints);
  upload(bone_buffer_, instances.bones);
  use_color_map(color_map);
  glEnable(GL_DEPTH_TEST);
  glDepthMask(GL_TRUE);
  draw_solid(instances);
  draw_translucent(instances);
  glDisable(GL_DEPTH_TEST);
}

void BodyPass::draw_solid(const Instances& instances) {
  glDepthFunc(GL_LESS);
  glDisable(GL_BLEND);
  draw_bones(0, instances.solid_bones);
  draw_joints(0, instances.solid_joints);
}

/// Depth first, then colour where the depth is the nearest: a ghost is one layer, however its parts overlap.
void BodyPass::draw_translucent(const Instances& instances) {
  const std::size_t joints = instances.joints.size() - instances.solid_joints;
  const std::size_t bones = instances.bones.size() - instances.solid_bones;
  if (joints + bones == 0) return;
  glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
  draw_bones(instances.solid_bones, bones);
  draw_joints(instances.solid_joints, joints);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glDepthFunc(GL_EQUAL);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  draw_bones(instances.solid_bones, bones);
  draw_joints(instances.solid_joints, joints);
  glDisable(GL_BLEND);
  glDepthFunc(GL_LESS);
}

void BodyPass::draw_joints(std::size_t first, std::size_t count) {
  if (count == 0) return;
  glUseProgram(joint_program_.name());
  glBindVertexArray(joint_array_.name());
  glBindBuffer(GL_ARRAY_BUFFER, joint_buffer_.name());
  point_attributes<JointInstance>(kJointFields, first);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, kCorners, static_cast<GLsizei>(count));
}

void BodyPass::draw_bones(std::size_t first, std::size_t count) {
  if (count == 0) return;
  glUseProgram(bone_program_.name());
  glUniform1i(glGetUniformLocation(bone_program_.name(), "color_map"), 0);
  glBindVertexArray(bone_array_.name());
  glBindBuffer(GL_ARRAY_BUFFER, bone_buffer_.name());
  point_attributes<BoneInstance>(kBoneFields, first);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, kCorners, static_cast<GLsizei>(count));
}

}  // namespace purlscope::render
