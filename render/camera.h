#pragma once

#include <glm/glm.hpp>

namespace purlscope::render {

/// Named directions to look from.
enum class ViewPreset { front, side, top, perspective };

/// Orbit camera about a target, in the coordinates of clips (y up, persons face -z, their right is +x).
/// Metres; angles in radians.
struct Camera {
  glm::vec3 target{0, 0.9F, 0};
  float distance = 3.2F;
  float yaw = 0.48F;    ///< 0 looks along +z, as the recording camera did: at the front of a person who faces it
  float pitch = 0.15F;  ///< positive looks down
  float fov = 0.6F;     ///< vertical
  bool orthographic = false;

  /// From the coordinates of clips to those of the eye.
  glm::mat4 view() const;
  /// OpenGL clip space; the near plane follows the distance. `aspect` = width / height.
  glm::mat4 projection(float aspect) const;
  /// Place of the eye, metres.
  glm::vec3 eye() const;

  /// The scene turns with the mouse: logical pixels, y down. The pitch stops at straight down and up.
  void orbit(float dx_pixels, float dy_pixels);
  /// The target plane moves with the mouse. `viewport_height` in the same pixels.
  void pan(float dx_pixels, float dy_pixels, float viewport_height);
  /// Positive steps of the wheel come nearer, a tenth each.
  void zoom(float steps);
  /// Front, side and top are orthographic; target and distance stay.
  void set_preset(ViewPreset preset);
  /// Moves target and distance so that the box fits, with a margin for titles.
  void frame(const glm::vec3& low, const glm::vec3& high, float aspect);
};

}  // namespace purlscope::render
