#include "render/passes/instances.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <glm/gtc/matrix_access.hpp>
#include <limits>

#include "render/colormap.h"
#include "render/projection.h"

namespace purlscope::render {
namespace {

// Metres. A joint without attention is a little thicker than its bones; full attention doubles it.
constexpr float kJointRadius = 0.029F;
constexpr float kJointGrowth = 0.030F;
constexpr float kBoneRadius = 0.0175F;
constexpr float kGhostBoneRadius = 0.012F;
constexpr float kInferredRing = 1.35F;  ///< radius of the dashed ring, in radii of the joint
constexpr float kHollowRing = 1.15F;
constexpr float kDimmedShare = 0.62F;
constexpr float kBallParting = 0.75F;
constexpr float kAxisLength = 0.35F;
constexpr float kAxisRadius = 0.008F;

constexpr float kFarRadius = 5.0F;  ///< device pixels of a joint's radius

constexpr float kShadowStrength = 0.30F;
constexpr float kShadowRadius = 0.11F;
constexpr float kShadowSpread = 0.28F;      ///< metres of radius per metre of height
constexpr float kShadowHalfHeight = 0.22F;  ///< metres above the floor at which the shadow has half its strength
constexpr float kFaintestShadow = 0.008F;
/// Squared radius of a patch per mean squared distance of what it stands for: shadow.frag's falloff has a fourth.
constexpr float kSpreadOfPatch = 4.0F;
constexpr float kDistinctShadow = 0.06F;  ///< fainter ones of a body are one patch

JointStyle joint_style(const Body& body, std::size_t joint) {
  const bool inferred = joint < body.state.size() && body.state[joint] == core::JointState::inferred;
  const bool hollow = !body.value.empty() && std::isnan(joint_value(body, joint));
  if (hollow) return inferred ? JointStyle::hollow_inferred : JointStyle::hollow;
  return inferred ? JointStyle::inferred : JointStyle::solid;
}

float ring_scale(JointStyle style) {
  if (style == JointStyle::solid) return 1.0F;
  return style == JointStyle::inferred ? kInferredRing : kHollowRing;
}

bool is_hollow(JointStyle style) { return style == JointStyle::hollow || style == JointStyle::hollow_inferred; }

/// Makes the instances of one body.
class BodyBuilder {
 public:
  BodyBuilder(const Scene& scene, const Body& body, const ColorMap* map, Instances& out)
      : scene_(scene), body_(body), map_(map), out_(out), mute_(body.dimmed ? kDimmedShare : 0.0F) {}

  void add() {
    if (body_.opacity >= 1.0F) {
      for (std::size_t joint = 0; joint < body_.joints.size(); ++joint) add_joint(joint);
      add_faint_shadow();
    }
    if (!body_.layout) return;
    for (const auto& [parent, child] : body_.layout->bones) {
      add_bone(static_cast<std::size_t>(parent), static_cast<std::size_t>(child));
    }
  }

 private:
  void add_joint(std::size_t joint) {
    if (!is_seen(body_, joint)) return;
    const glm::vec3& centre = body_.joints[joint];
    const float value = joint_value(body_, joint);
    const float place = map_place(scene_.quantity, value);
    const JointStyle style = joint_style(body_, joint);
    const float radius = joint_radius(scene_.quantity, value) * ring_scale(style);
    if (style == JointStyle::solid) {
      out_.capsules.push_back(
          {{centre, radius}, {centre, body_.opacity}, {body_.tint, mute_}, {place, place, kBallParting}});
    } else {
      const glm::vec3 color = place < 0 ? body_.tint : map_->at(place);
      out_.rings.push_back({{centre, radius}, {color, body_.opacity}, {static_cast<float>(style), mute_}});
    }
    if (scene_.floor) add_shadow(centre);
  }

  void add_shadow(const glm::vec3& joint) {
    const float height = std::max(0.0F, joint.y - scene_.floor_height);
    const float ratio = height / kShadowHalfHeight;
    const float strength = kShadowStrength / (1 + ratio * ratio);
    if (strength < kFaintestShadow) return;
    const ShadowInstance patch{joint.x, joint.z, kShadowRadius + kShadowSpread * height, strength};
    (strength < kDistinctShadow ? faint_ : out_.shadows).push_back(patch);
  }

  /// Joints high above the floor darken the same wide place, each by little: one patch that darkens it by as much.
  void add_faint_shadow() {
    if (faint_.empty()) return;
    float weight = 0;
    glm::vec2 centre{0};
    for (const ShadowInstance& patch : faint_) {
      weight += darkness(patch);
      centre += darkness(patch) * glm::vec2(patch);
    }
    centre /= weight;
    float squared_radius = 0;
    for (const ShadowInstance& patch : faint_) {
      const glm::vec2 apart = glm::vec2(patch) - centre;
      squared_radius += darkness(patch) / weight * (patch.z * patch.z + kSpreadOfPatch * glm::dot(apart, apart));
    }
    out_.shadows.emplace_back(centre, std::sqrt(squared_radius), weight / squared_radius);
  }

  /// In all; up to a factor.
  static float darkness(const ShadowInstance& patch) { return patch.w * patch.z * patch.z; }

  void add_bone(std::size_t parent, std::size_t child) {
    if (!is_seen(body_, parent) || !is_seen(body_, child)) return;
    glm::vec3 a = body_.joints[parent];
    glm::vec3 b = body_.joints[child];
    const float length = glm::distance(a, b);
    const float cut_a = ring_gap(parent);
    const float cut_b = ring_gap(child);
    if (length < 1e-5F || length <= cut_a + cut_b) return;
    const glm::vec3 direction = (b - a) / length;
    a += direction * cut_a;
    b -= direction * cut_b;
    out_.capsules.push_back({{a, body_.opacity < 1.0F ? kGhostBoneRadius : kBoneRadius},
                             {b, body_.opacity},
                             {body_.tint, mute_},
                             {map_place(scene_.quantity, joint_value(body_, parent)),
                              map_place(scene_.quantity, joint_value(body_, child)), 0.0F}});
  }

  /// Bones end at the rings of hollow joints, so that one sees through them.
  float ring_gap(std::size_t joint) const {
    if (!is_hollow(joint_style(body_, joint))) return 0.0F;
    return joint_radius(scene_.quantity, joint_value(body_, joint)) * kHollowRing + kBoneRadius * 0.9F;
  }

  const Scene& scene_;
  const Body& body_;
  const ColorMap* map_;
  Instances& out_;
  float mute_;
  std::vector<ShadowInstance> faint_;
};

/// x red, y green, z blue, at the floor under the target.
void add_axes(const Scene& scene, Instances& out) {
  const glm::vec3 origin{scene.camera.target.x, scene.floor_height, scene.camera.target.z};
  const std::array<glm::vec3, 3> colors{{{0.90F, 0.33F, 0.29F}, {0.34F, 0.70F, 0.48F}, {0.30F, 0.61F, 0.91F}}};
  for (int axis = 0; axis < 3; ++axis) {
    glm::vec3 end = origin;
    end[axis] += kAxisLength;
    out.capsules.push_back(
        {{origin, kAxisRadius}, {end, 1.0F}, {colors[static_cast<std::size_t>(axis)], 0.0F}, {-1, -1, 0}});
  }
}

glm::vec3 middle(const CapsuleInstance& capsule) {
  return 0.5F * (glm::vec3(capsule.a_radius) + glm::vec3(capsule.b_opacity));
}

glm::vec3 middle(const RingInstance& ring) { return ring.centre_radius; }

/// The furthest first: smooth edges are laid over what is behind them.
template <class Instance>
void sort_by_depth(std::vector<Instance>& instances, const Camera& camera) {
  const glm::vec4 towards_eye = glm::row(camera.view(), 2);
  std::vector<std::pair<float, std::uint32_t>> order;
  order.reserve(instances.size());
  for (const Instance& instance : instances) {
    order.emplace_back(glm::dot(towards_eye, glm::vec4(middle(instance), 1.0F)),
                       static_cast<std::uint32_t>(order.size()));
  }
  std::sort(order.begin(), order.end());
  std::vector<Instance> sorted;
  sorted.reserve(instances.size());
  for (const auto& [depth, index] : order) sorted.push_back(instances[index]);
  instances = std::move(sorted);
}

/// How many of the first capsules, of those sorted, are far.
std::size_t count_far(const std::vector<CapsuleInstance>& sorted, const Camera& camera, const Viewport& viewport) {
  const Projector project(camera, viewport);
  const auto is_far = [&](const CapsuleInstance& capsule) {
    const auto point = project(middle(capsule));
    return point && point->pixels_per_metre * kJointRadius < kFarRadius;
  };
  const auto first_near = std::partition_point(sorted.begin(), sorted.end(), is_far);
  return static_cast<std::size_t>(first_near - sorted.begin());
}

}  // namespace

bool diverging(const Quantity& quantity) { return quantity.low < 0 && std::abs(quantity.low + quantity.high) < 1e-6F; }

bool is_seen(const Body& body, std::size_t joint) {
  if (joint >= body.joints.size()) return false;
  const glm::vec3& p = body.joints[joint];
  if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z)) return false;
  return joint >= body.state.size() || body.state[joint] != core::JointState::missing;
}

float joint_value(const Body& body, std::size_t joint) {
  return joint < body.value.size() ? body.value[joint] : std::numeric_limits<float>::quiet_NaN();
}

float map_place(const std::optional<Quantity>& quantity, float value) {
  if (!quantity || !std::isfinite(value)) return -1.0F;
  const float width = quantity->high - quantity->low;
  if (!(width > 0)) return 0.0F;
  return std::clamp((value - quantity->low) / width, 0.0F, 1.0F);
}

float joint_radius(const std::optional<Quantity>& quantity, float value) {
  const float place = map_place(quantity, value);
  if (place < 0) return kJointRadius;
  const float share = diverging(*quantity) ? std::abs(2 * place - 1) : place;
  return kJointRadius + kJointGrowth * share;
}

Instances make_instances(const Scene& scene, const Viewport& viewport) {
  const ColorMap* map = scene.quantity ? &ColorMap::get(scene.quantity->map) : nullptr;
  Instances out;
  if (scene.axes) add_axes(scene, out);
  const auto add_bodies = [&](bool solid) {
    for (const Body& body : scene.bodies) {
      if ((body.opacity >= 1.0F) == solid) BodyBuilder(scene, body, map, out).add();
    }
  };
  add_bodies(true);
  sort_by_depth(out.capsules, scene.camera);
  sort_by_depth(out.rings, scene.camera);
  out.solid_capsules = out.capsules.size();
  out.far_capsules = count_far(out.capsules, scene.camera, viewport);
  add_bodies(false);
  return out;
}

}  // namespace purlscope::render
