#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clip.h"

namespace purlscope::core {

/// What MediaPipe found in one picture, as it gives it.
/// Source: https://ai.google.dev/edge/mediapipe/solutions/vision/pose_landmarker, "landmarks" and "world landmarks".
struct PoseLandmarks {
  static constexpr std::size_t kCount = 33;
  int width = 0;                                     ///< of the picture, pixels
  int height = 0;                                    ///< of the picture, pixels
  std::array<Vec3, kCount> world{};                  ///< metres about the middle of the hips; x right, y down, z away
  std::array<std::array<float, 2>, kCount> image{};  ///< shares of width and height, from the left upper corner
  std::array<float, kCount> visibility{};            ///< 0 to 1
};

/// One line of the pose helper (tools/pose_sidecar.py describes the protocol).
struct PoseLine {
  bool ready = false;                  ///< it has loaded its network
  std::optional<std::uint64_t> frame;  ///< the picture's number that the line answers
  std::optional<PoseLandmarks> pose;   ///< empty where nobody was found
  std::string error;                   ///< what went wrong; with this picture when there is a number
  bool fatal = false;                  ///< no restart mends it
};

/// @throws Error{Code::bad_format} for anything that the protocol does not hold
PoseLine parse_pose_line(std::string_view text);

}  // namespace purlscope::core
