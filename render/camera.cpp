#include "render/camera.h"

#include <algorithm>
#include <cmath>
#include <glm/gtc/constants.hpp>
#include <glm/gtc/matrix_transform.hpp>

namespace purlscope::render {
namespace {

constexpr float kRadiansPerPixel = 0.008F;
constexpr float kMaxPitch = glm::half_pi<float>();
constexpr float kMinDistance = 0.15F;
constexpr float kMaxDistance = 200.0F;
constexpr float kZoomStep = 0.9F;
constexpr float kPerspectiveYaw = 0.48F;
constexpr float kPerspectivePitch = 0.15F;
constexpr float kFill = 0.82F;  ///< share of the picture that a framed box takes

/// Axes of the viewer: right, up, and back (towards the eye). Analytic, so that straight down is no special case.
struct Axes {
  glm::vec3 right, up, back;
};

Axes axes_of(const Camera& camera) {
  const float sy = std::sin(camera.yaw);
  const float cy = std::cos(camera.yaw);
  const float sp = std::sin(camera.pitch);
  const float cp = std::cos(camera.pitch);
  return {{-cy, 0, -sy}, {-sy * sp, cp, cy * sp}, {sy * cp, sp, -cy * cp}};
}

}  // namespace

glm::vec3 Camera::eye() const { return target + distance * axes_of(*this).back; }

glm::mat4 Camera::view() const {
  const Axes axes = axes_of(*this);
  const glm::vec3 position = eye();
  glm::mat4 matrix(1.0F);
  for (int i = 0; i < 3; ++i) {
    matrix[i][0] = axes.right[i];
    matrix[i][1] = axes.up[i];
    matrix[i][2] = axes.back[i];
  }
  matrix[3] = {-glm::dot(axes.right, position), -glm::dot(axes.up, position), -glm::dot(axes.back, position), 1.0F};
  return matrix;
}

glm::mat4 Camera::projection(float aspect) const {
  const float safe_aspect = std::max(aspect, 1e-3F);
  const float far_plane = distance * 4.0F + 40.0F;
  if (!orthographic) return glm::perspective(fov, safe_aspect, std::max(0.02F, distance * 0.02F), far_plane);
  const float half = distance * std::tan(fov / 2);
  return glm::ortho(-half * safe_aspect, half * safe_aspect, -half, half, -far_plane, far_plane);
}

void Camera::orbit(float dx_pixels, float dy_pixels) {
  yaw = std::remainder(yaw + dx_pixels * kRadiansPerPixel, glm::two_pi<float>());
  pitch = std::clamp(pitch + dy_pixels * kRadiansPerPixel, -kMaxPitch, kMaxPitch);
}

void Camera::pan(float dx_pixels, float dy_pixels, float viewport_height) {
  if (viewport_height <= 0) return;
  const Axes axes = axes_of(*this);
  const float metres = 2 * distance * std::tan(fov / 2) / viewport_height;
  target += (axes.up * dy_pixels - axes.right * dx_pixels) * metres;
}

void Camera::zoom(float steps) {
  distance = std::clamp(distance * std::pow(kZoomStep, steps), kMinDistance, kMaxDistance);
}

void Camera::set_preset(ViewPreset preset) {
  orthographic = preset != ViewPreset::perspective;
  pitch = 0;
  yaw = 0;
  if (preset == ViewPreset::side) yaw = glm::half_pi<float>();
  if (preset == ViewPreset::top) pitch = kMaxPitch;
  if (preset == ViewPreset::perspective) {
    yaw = kPerspectiveYaw;
    pitch = kPerspectivePitch;
  }
}

void Camera::frame(const glm::vec3& low, const glm::vec3& high, float aspect) {
  target = (low + high) * 0.5F;
  const Axes axes = axes_of(*this);
  const float tangent_y = std::tan(fov / 2) * kFill;
  const float tangent_x = tangent_y * std::max(aspect, 1e-3F);
  float needed = kMinDistance;
  for (int corner = 0; corner < 8; ++corner) {
    const glm::vec3 point{(corner & 1) != 0 ? high.x : low.x, (corner & 2) != 0 ? high.y : low.y,
                          (corner & 4) != 0 ? high.z : low.z};
    const glm::vec3 offset = point - target;
    const float towards_eye = orthographic ? 0.0F : glm::dot(offset, axes.back);
    const float across =
        std::max(std::abs(glm::dot(offset, axes.right)) / tangent_x, std::abs(glm::dot(offset, axes.up)) / tangent_y);
    needed = std::max(needed, towards_eye + across);
  }
  distance = std::min(needed, kMaxDistance);
}

}  // namespace purlscope::render
