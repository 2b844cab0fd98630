#pragma once

#include <glm/glm.hpp>

namespace purlscope::render {

enum class ViewPreset { front, side, top, perspective };

/// Orbit camera about a target. Metres, y up; angles in radians.
struct Camera {
  glm::vec3 target{0, 0.9F, 0};
  float distance = 3.2F;
  float yaw = 0.5F;         ///< 0 looks along -z at the person's front
  float pitch = 0.15F;      ///< positive looks down
  float fov = 0.6F;         ///< vertical
  bool orthographic = false;

  glm::mat4 view() const;
  glm::mat4 projection(float aspect) const;
  glm::vec3 eye() const;

  void orbit(float dx_pixels, float dy_pixels);
  void pan(float dx_pixels, float dy_pixels, float viewport_height);
  void zoom(float steps);
  void set_preset(ViewPreset preset);
  /// Moves target and distance so that the box fits.
  void frame(const glm::vec3& low, const glm::vec3& high, float aspect);
};

}  // namespace purlscope::render
