#include "render/passes/body_pass.h"

#include <algorithm>
#include <cstddef>

#include "render/colormap.h"
#include "render/gl/shader.h"

namespace purlscope::render {
namespace {

constexpr GLsizei kCorners = 4;
constexpr std::size_t kMapSteps = 1024;  ///< as in body.vert

// NOLINTNEXTLINE(performance-no-int-to-ptr): OpenGL takes offsets as pointers
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

constexpr std::array<std::pair<GLint, std::size_t>, 4> kCapsuleFields{{{4, offsetof(CapsuleInstance, a_radius)},
                                                                       {4, offsetof(CapsuleInstance, b_opacity)},
                                                                       {4, offsetof(CapsuleInstance, tint_mute)},
                                                                       {3, offsetof(CapsuleInstance, places_parting)}}};
constexpr std::array<std::pair<GLint, std::size_t>, 3> kRingFields{{{4, offsetof(RingInstance, centre_radius)},
                                                                    {4, offsetof(RingInstance, color_opacity)},
                                                                    {2, offsetof(RingInstance, style_mute)}}};

/// The map in so fine steps that the nearest one will do.
std::vector<glm::vec3> fine_steps(const ColorMap& map) {
  std::vector<glm::vec3> colors(kMapSteps);
  for (std::size_t i = 0; i < kMapSteps; ++i) {
    colors[i] = map.at(static_cast<float>(i) / static_cast<float>(kMapSteps - 1));
  }
  return colors;
}

template <class Instance>
void upload(const gl::Buffer& buffer, const std::vector<Instance>& instances) {
  glBindBuffer(GL_ARRAY_BUFFER, buffer.name());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(instances.size() * sizeof(Instance)), instances.data(),
               GL_STREAM_DRAW);
}

}  // namespace

BodyPass::BodyPass(const std::filesystem::path& shaders)
    : near_program_(gl::load_program(shaders, "body", "body", {"surface.glsl", "capsule.glsl"})),
      far_program_(gl::load_program(shaders, "body", "far_body", {"surface.glsl", "capsule.glsl"})),
      ring_program_(gl::load_program(shaders, "ring", "ring", {"surface.glsl"})) {
  use_color_map("viridis");
}

void BodyPass::use_color_map(const std::string& id) {
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, map_texture_.name());
  if (id == map_id_) return;
  const std::vector<glm::vec3> colors = fine_steps(ColorMap::get(id));
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, static_cast<GLsizei>(colors.size()), 1, 0, GL_RGB, GL_FLOAT, colors.data());
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER}) {
    glTexParameteri(GL_TEXTURE_2D, filter, GL_NEAREST);
  }
  map_id_ = id;
}

void BodyPass::draw(const Instances& instances, const std::string& color_map) {
  upload(capsule_buffer_, instances.capsules);
  upload(ring_buffer_, instances.rings);
  use_color_map(color_map);
  glEnable(GL_DEPTH_TEST);
  glDepthMask(GL_TRUE);
  glDepthFunc(GL_LESS);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  draw_capsules(far_program_, 0, instances.far_capsules);
  draw_capsules(near_program_, instances.far_capsules, instances.solid_capsules - instances.far_capsules);
  draw_rings(instances);
  draw_translucent(instances);
  glDisable(GL_BLEND);
  glDisable(GL_DEPTH_TEST);
}

/// Depth first, then colour where the depth is the nearest: a ghost is one layer, however its parts overlap.
void BodyPass::draw_translucent(const Instances& instances) {
  const std::size_t count = instances.capsules.size() - instances.solid_capsules;
  if (count == 0) return;
  glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
  draw_capsules(near_program_, instances.solid_capsules, count);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glDepthFunc(GL_EQUAL);
  draw_capsules(near_program_, instances.solid_capsules, count);
  glDepthFunc(GL_LESS);
}

void BodyPass::draw_rings(const Instances& instances) {
  if (instances.rings.empty()) return;
  glUseProgram(ring_program_.name());
  glBindVertexArray(ring_array_.name());
  glBindBuffer(GL_ARRAY_BUFFER, ring_buffer_.name());
  point_attributes<RingInstance>(kRingFields, 0);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, kCorners, static_cast<GLsizei>(instances.rings.size()));
}

void BodyPass::draw_capsules(const gl::Program& program, std::size_t first, std::size_t count) {
  if (count == 0) return;
  glUseProgram(program.name());
  glUniform1i(glGetUniformLocation(program.name(), "color_map"), 0);
  glBindVertexArray(capsule_array_.name());
  glBindBuffer(GL_ARRAY_BUFFER, capsule_buffer_.name());
  point_attributes<CapsuleInstance>(kCapsuleFields, first);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, kCorners, static_cast<GLsizei>(count));
}

}  // namespace purlscope::render
