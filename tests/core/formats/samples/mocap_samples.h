#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

/// Small recordings of motion capture, built by hand from the formats' descriptions.
namespace purlscope::test {

/// Hips, a spine and a left leg, in centimetres; 6 + 3 + 3 + 3 channels. @param rows  channel values, a line each
std::string bvh_text(const std::vector<std::string>& rows);
/// Two frames of it.
std::string bvh_text();

/// root - lfemur - ltibia and root - spine, in units of 2 inches.
std::string asf_text();
/// Two frames for it.
std::string amc_text();

/// What a C3D sample holds.
struct C3dSpec {
  int processor = 84;  ///< Intel 84, DEC 85, MIPS 86
  bool real = true;
  std::vector<std::string> labels = {"LHIP", "RHIP", "HEAD"};
  std::size_t frames = 4;
  std::size_t stated_frames = 4;  ///< in the header
  std::size_t analog = 0;         ///< samples a frame
  std::string units = "mm";
  std::string x_screen, y_screen;        ///< left out when empty
  std::vector<std::string> angles;       ///< POINT:ANGLES
  std::size_t labels_a_parameter = 255;  ///< before LABELS2 begins
};

/// Millimetres; whole, so that integers hold them.
constexpr double c3d_value(std::size_t frame, std::size_t point, std::size_t axis) {
  return 100.0 * static_cast<double>(point) + 10.0 * static_cast<double>(frame) + static_cast<double>(axis) - 150.0;
}

/// Point 0 of frame 1 has a negative residual.
std::string c3d_file(const C3dSpec& spec);

}  // namespace purlscope::test
