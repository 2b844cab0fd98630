#include <algorithm>
#include <cmath>
#include <limits>

#include "render/passes/instances.h"
#include "render/projection.h"

namespace purlscope::render {
namespace {

constexpr float kGenerous = 1.15F;  ///< spheres off the axis project to slightly longer ellipses
constexpr float kBorder = 3.0F;     ///< pixels

/// Grows around projected balls; the whole picture as soon as one is at the eye.
class Bounds {
 public:
  Bounds(const Camera& camera, const Viewport& viewport)
      : project_(camera, viewport), size_(viewport.width, viewport.height) {}

  void add(const glm::vec3& centre, float radius) {
    const auto point = project_(centre);
    if (!point || (point->depth < 2 * radius && point->depth > -2 * radius)) {
      everything_ = true;
      return;
    }
    const float reach = radius * point->pixels_per_metre * kGenerous + kBorder;
    low_ = glm::min(low_, point->position - reach);
    high_ = glm::max(high_, point->position + reach);
  }

  PixelArea area() const {
    const glm::vec2 low = everything_ ? glm::vec2(0) : glm::max(glm::floor(low_), glm::vec2(0));
    const glm::vec2 high = everything_ ? size_ : glm::min(glm::ceil(high_), size_);
    if (!(low.x < high.x && low.y < high.y)) return {};
    return {static_cast<int>(low.x), static_cast<int>(size_.y - high.y), static_cast<int>(high.x),
            static_cast<int>(size_.y - low.y)};
  }

 private:
  Projector project_;
  glm::vec2 size_;
  glm::vec2 low_{std::numeric_limits<float>::max()};
  glm::vec2 high_{std::numeric_limits<float>::lowest()};
  bool everything_ = false;
};

}  // namespace

PixelArea covered_area(const Instances& instances, const Camera& camera, const Viewport& viewport) {
  Bounds bounds(camera, viewport);
  for (const JointInstance& joint : instances.joints) bounds.add(joint.centre_radius, joint.centre_radius.w);
  for (const BoneInstance& bone : instances.bones) {
    bounds.add(bone.a_radius, bone.a_radius.w);
    bounds.add(bone.b_opacity, bone.a_radius.w);
  }
  return bounds.area();
}

}  // namespace purlscope::render
