#pragma once

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "core/base/layout.h"
#include "core/skeleton/window.h"
#include "models/structured/kinematics/motion.h"

namespace purlscope::test {

/// A person standing upright, arms down, facing -z, in metres. Torso (hip centre to shoulder centre): 0.5 m.
inline std::vector<core::Vec3> standing_pose() {
  std::vector<core::Vec3> pose = {{0, 1.0F, 0}, {0, 1.2F, 0}, {0, 1.5F, 0}, {0, 1.7F, 0}};
  for (const float side : {-1.0F, 1.0F}) {  // left, right arm: shoulder, elbow, wrist, hand
    pose.push_back({0.2F * side, 1.45F, 0});
    pose.push_back({0.25F * side, 1.15F, 0});
    pose.push_back({0.25F * side, 0.9F, 0});
    pose.push_back({0.25F * side, 0.8F, 0});
  }
  for (const float side : {-1.0F, 1.0F}) {  // left, right leg: hip, knee, ankle, foot
    pose.push_back({0.1F * side, 0.95F, 0});
    pose.push_back({0.1F * side, 0.5F, 0});
    pose.push_back({0.1F * side, 0.1F, 0});
    pose.push_back({0.1F * side, 0.05F, -0.1F});
  }
  return pose;
}

/// Changes the standing pose of a frame; `time` runs from 0 to 1.
using Pose = std::vector<core::Vec3>;
using Animate = std::function<void(double time, Pose& pose)>;

inline core::Window window_of(const Animate& animate, std::size_t frames = 64) {
  core::Window window;
  window.layout = core::joint_layout("kinect20");
  window.frames = frames;
  window.end = static_cast<double>(frames) / window.fps;
  for (std::size_t t = 0; t <= frames; ++t) window.times.push_back(static_cast<double>(t) / window.fps);
  window.persons.resize(1);
  for (std::size_t t = 0; t < frames; ++t) {
    Pose pose = standing_pose();
    animate(static_cast<double>(t) / static_cast<double>(frames - 1), pose);
    window.persons[0].joints.insert(window.persons[0].joints.end(), pose.begin(), pose.end());
  }
  window.persons[0].state.assign(frames * models::structured::kJoints, core::JointState::given);
  return window;
}

inline void stand_still(double /*time*/, Pose& /*pose*/) {}

/// Lifts the right hand straight up by 1 m (two torso lengths).
inline void raise_right_hand(double time, Pose& pose) {
  pose[models::structured::joint::right_hand][1] += static_cast<float>(time);
}
inline void raise_left_hand(double time, Pose& pose) {
  pose[models::structured::joint::left_hand][1] += static_cast<float>(time);
}
/// Lowers everything above the feet, knees forward.
inline void squat(double time, Pose& pose) {
  const auto depth = static_cast<float>(0.4 * std::sin(time * 3.14159265));
  for (core::Vec3& joint : pose) {
    const bool foot = joint[1] < 0.2F;
    if (!foot) joint[1] -= depth;
  }
  pose[models::structured::joint::left_knee][2] -= depth;
  pose[models::structured::joint::right_knee][2] -= depth;
}
/// Walks forward by 2 m with swinging legs.
inline void walk(double time, Pose& pose) {
  const auto swing = static_cast<float>(0.2 * std::sin(time * 25));
  for (auto& joint : pose) joint[2] -= static_cast<float>(2 * time);
  for (const std::size_t j : {14U, 15U}) pose[j][2] += swing;
  for (const std::size_t j : {18U, 19U}) pose[j][2] -= swing;
}

}  // namespace purlscope::test
