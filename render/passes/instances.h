#pragma once

#include <glm/glm.hpp>
#include <vector>

#include "render/renderer.h"
#include "render/scene.h"

namespace purlscope::render {

/// How a joint is drawn; the numbers are those of ring.frag, which draws all but the solid ones.
enum class JointStyle { solid = 0, inferred = 1, hollow = 2, hollow_inferred = 3 };

/// Vertex data of a bone, or of a solid joint: a ball is a capsule without length. As body.vert reads it.
struct CapsuleInstance {
  glm::vec4 a_radius;
  glm::vec4 b_opacity;
  glm::vec4 tint_mute;
  glm::vec3 places_parting;  ///< places on the colour map at a and b, below 0 = none; how strong a ball's edge is
};

/// Vertex data of a joint in a ring, as ring.vert reads it.
struct RingInstance {
  glm::vec4 centre_radius;
  glm::vec4 color_opacity;
  glm::vec2 style_mute;
};

/// Patch of shadow: x, z, radius, strength.
using ShadowInstance = glm::vec4;

/// What the passes draw, made from the scene.
struct Instances {
  std::vector<CapsuleInstance> capsules;  ///< solid ones first, the furthest of them first; then translucent ones
  std::vector<RingInstance> rings;        ///< the furthest first
  std::vector<ShadowInstance> shadows;
  std::size_t far_capsules = 0;  ///< how many are so small on the screen that their roundness in depth does not show
  std::size_t solid_capsules = 0;
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

/// @throws Error{Code::not_found} for an unknown colour map
Instances make_instances(const Scene& scene, const Viewport& viewport);

}  // namespace purlscope::render
