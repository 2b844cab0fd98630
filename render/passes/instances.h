#pragma once

#include <glm/glm.hpp>
#include <vector>

#include "render/renderer.h"
#include "render/scene.h"

namespace purlscope::render {

/// How a joint is drawn; the numbers are those of joint.frag.
enum class JointStyle { solid = 0, inferred = 1, hollow = 2, hollow_inferred = 3 };

/// Vertex data of one joint, as joint.vert reads it.
struct JointInstance {
  glm::vec4 centre_radius;
  glm::vec4 color_opacity;
  glm::vec2 style_mute;
};

/// Vertex data of one bone, as bone.vert reads it. Values are places on the colour map, below 0 = none.
struct BoneInstance {
  glm::vec4 a_radius;
  glm::vec4 b_opacity;
  glm::vec4 tint_mute;
  glm::vec2 values;
};

/// Patch of shadow: x, z, radius, strength.
using ShadowInstance = glm::vec4;

/// What the passes draw, made from the scene. Solid bodies come before translucent ones in each list.
struct Instances {
  std::vector<JointInstance> joints;
  std::vector<BoneInstance> bones;
  std::vector<ShadowInstance> shadows;
  std::size_t solid_joints = 0;
  std::size_t solid_bones = 0;
};

/// True when the colour bar is symmetric about 0: both ends matter.
bool diverging(const Quantity& quantity);

/// Place of a value on the colour map, 0 to 1; below 0 when it is NaN or there is no quantity.
float map_place(const std::optional<Quantity>& quantity, float value);

/// Radius in metres: grows with the place on the colour map (with the distance from the middle on a diverging range).
float joint_radius(const std::optional<Quantity>& quantity, float value);

/// Value of a joint of a body, NaN where it has none.
float joint_value(const Body& body, std::size_t joint);

/// True when the joint has a position.
bool is_seen(const Body& body, std::size_t joint);

/// Rectangle of device pixels, from the lower left as OpenGL counts. Empty when nothing shows.
struct PixelArea {
  int left = 0, bottom = 0, right = 0, top = 0;
  bool empty() const { return right <= left || top <= bottom; }
};

/// Part of the picture that the joints and bones take, a little generous.
PixelArea covered_area(const Instances& instances, const Camera& camera, const Viewport& viewport);

/// @throws Error{Code::not_found} for an unknown colour map
Instances make_instances(const Scene& scene);

}  // namespace purlscope::render
