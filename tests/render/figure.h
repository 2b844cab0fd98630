#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/clip.h"
#include "core/base/layout.h"
#include "core/engine/recognition.h"
#include "render/scene.h"

namespace purlscope::test {

/// A person of 20 joints (Kinect v1) facing the recording camera 2.5 m away, right arm raised as for a throw. Metres.
inline std::vector<glm::vec3> throwing_pose() {
  const float z = 2.5F;
  return {{0.00F, 0.95F, z},  {0.00F, 1.10F, z},         {0.00F, 1.42F, z},         {0.01F, 1.62F, z},
          {-0.18F, 1.40F, z}, {-0.32F, 1.17F, z + .04F}, {-0.36F, 0.93F, z - .05F}, {-0.37F, 0.85F, z - .08F},
          {0.18F, 1.41F, z},  {0.41F, 1.55F, z - .10F},  {0.50F, 1.80F, z - .16F},  {0.52F, 1.89F, z - .18F},
          {-0.09F, 0.90F, z}, {-0.13F, 0.50F, z + .06F}, {-0.15F, 0.10F, z + .14F}, {-0.16F, 0.04F, z + .02F},
          {0.09F, 0.90F, z},  {0.14F, 0.50F, z - .10F},  {0.15F, 0.10F, z - .12F},  {0.17F, 0.04F, z - .24F}};
}

inline render::Body throwing_body() {
  render::Body body;
  body.id = std::string("1");
  body.layout = core::joint_layout("kinect20");
  body.joints = throwing_pose();
  body.state.assign(body.joints.size(), core::JointState::given);
  return body;
}

/// Attention that rises along the right arm and is low elsewhere. [20]
inline std::vector<float> arm_attention() {
  std::vector<float> value{.012F, .018F, .045F, .030F, .035F, .022F, .020F, .018F, .090F, .150F,
                           .200F, .214F, .010F, .006F, .004F, .002F, .010F, .006F, .004F, .002F};
  return value;
}

/// The throwing person, coloured, as the studio shows it.
inline render::Scene throwing_scene() {
  render::Scene scene;
  render::Body body = throwing_body();
  body.value = arm_attention();
  scene.bodies.push_back(body);
  render::Quantity quantity;
  quantity.high = 0.214F;
  quantity.title = "throw · hands";
  quantity.note = "Grip the object tightly and thrust it forward.";
  quantity.unit = "attention";
  quantity.range = "clip";
  scene.quantity = quantity;
  scene.caption = "throw, synthetic · 00:01.27 · frame 38 of 66 · 30 fps";
  scene.camera.yaw = 0.48F;
  scene.camera.frame({-0.45F, 0.0F, 2.2F}, {0.55F, 1.95F, 2.7F}, 16.0F / 9.0F);
  return scene;
}

}  // namespace purlscope::test
