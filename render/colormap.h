#pragma once

#include <filesystem>
#include <glm/glm.hpp>
#include <string>
#include <vector>

namespace purlscope::render {

/// A perceptual colour map of 256 colours, read from `resources/colormaps/<id>.png` (1 x 256 or 256 x 1); users add
/// files of their own.
class ColorMap {
 public:
  /// @throws Error{Code::not_found} naming the known ids
  static const ColorMap& get(const std::string& id);
  /// Ids of all maps that can be read, sorted.
  static std::vector<std::string> ids();
  /// Colour at 0 to 1 (clamped); linear between entries.
  glm::vec3 at(float t) const;
  const std::vector<glm::vec3>& colors() const { return colors_; }

 private:
  std::vector<glm::vec3> colors_;
};

}  // namespace purlscope::render
