#pragma once

#include <cmath>
#include <map>
#include <numbers>
#include <string>

#include <nlohmann/json.hpp>

#include "core/live/parser/mediapipe.h"

namespace purlscope::test {

/// A person who stands straight and faces a camera that looks down by `tilt` degrees, as MediaPipe would see her:
/// 200 pixels a metre in a picture of 640 x 480, the middle of the hips at `hips_x`, 240.
inline core::PoseLandmarks standing(double hips_x = 320.0, double tilt = 0.0) {
  // Right, up and away, in metres about the hips. Her left is on the picture's right.
  static const std::map<std::size_t, std::array<double, 3>> places = {
      {0, {0.0, 0.7, -0.1}},    {7, {0.07, 0.7, 0.0}},   {8, {-0.07, 0.7, 0.0}},   {11, {0.18, 0.5, 0.0}},
      {12, {-0.18, 0.5, 0.0}},  {13, {0.2, 0.22, 0.0}},  {14, {-0.2, 0.22, 0.0}},  {15, {0.2, -0.03, 0.0}},
      {16, {-0.2, -0.03, 0.0}}, {23, {0.1, 0.0, 0.0}},   {24, {-0.1, 0.0, 0.0}},   {25, {0.1, -0.42, 0.0}},
      {26, {-0.1, -0.42, 0.0}}, {27, {0.1, -0.85, 0.0}}, {28, {-0.1, -0.85, 0.0}}, {31, {0.1, -0.9, -0.15}},
      {32, {-0.1, -0.9, -0.15}}};
  const double angle = tilt * std::numbers::pi / 180.0;
  core::PoseLandmarks pose;
  pose.width = 640;
  pose.height = 480;
  for (std::size_t j = 0; j < core::PoseLandmarks::kCount; ++j) {
    const auto found = places.find(j);
    const std::array<double, 3> place = found == places.end() ? std::array<double, 3>{} : found->second;
    const double right = place[0];
    const double up = place[1] * std::cos(angle) + place[2] * std::sin(angle);
    const double away = place[2] * std::cos(angle) - place[1] * std::sin(angle);
    pose.world[j] = {static_cast<float>(right), static_cast<float>(-up), static_cast<float>(away)};
    pose.image[j] = {static_cast<float>((hips_x + 200.0 * right) / 640.0),
                     static_cast<float>((240.0 - 200.0 * up) / 480.0)};
    pose.visibility[j] = 0.99F;
  }
  return pose;
}

/// The line with which the helper would tell of it.
inline std::string line_of(const core::PoseLandmarks& pose, std::uint64_t frame) {
  nlohmann::json world = nlohmann::json::array();
  nlohmann::json image = nlohmann::json::array();
  for (std::size_t j = 0; j < core::PoseLandmarks::kCount; ++j) {
    world.push_back(pose.world[j]);
    image.push_back({pose.image[j][0], pose.image[j][1], 0.0, pose.visibility[j]});
  }
  return nlohmann::json{
      {"frame", frame}, {"width", pose.width}, {"height", pose.height}, {"world", world}, {"image", image}}
      .dump();
}

}  // namespace purlscope::test
