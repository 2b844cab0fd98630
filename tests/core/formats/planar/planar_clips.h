#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/formats/registry.h"

/// What the tests of the planar readers look at.
namespace purlscope::test {

inline core::ReadOptions with_fps(double fps) {
  core::ReadOptions options;
  options.fps = fps;
  return options;
}

inline core::ReadOptions with_layout(const std::string& layout) {
  core::ReadOptions options;
  options.layout = layout;
  return options;
}

inline core::ReadOptions with_format(const std::string& format) {
  core::ReadOptions options;
  options.format = format;
  return options;
}

inline const core::Vec3& joint(const core::Clip& clip, std::size_t frame, std::string_view name,
                               std::size_t person = 0) {
  const auto j = static_cast<std::size_t>(clip.layout->joint(name));
  return clip.persons.at(person).joints.at(frame * clip.joint_count() + j);
}

inline core::JointState state(const core::Clip& clip, std::size_t frame, std::size_t j, std::size_t person = 0) {
  return clip.persons.at(person).state.at(frame * clip.joint_count() + j);
}

inline auto near(float x, float y, float z = 0.0F) {
  return testing::ElementsAre(testing::FloatNear(x, 1e-5F), testing::FloatNear(y, 1e-5F), testing::FloatNear(z, 1e-5F));
}

/// The figure moves 2 pixels a frame and its torso is 100 pixels long, so of three frames the second is in the middle.
inline void expect_three_frames_of_the_figure(const core::Clip& clip, const std::string& layout) {
  EXPECT_EQ(clip.layout->id, layout);
  EXPECT_TRUE(clip.layout->planar);
  ASSERT_EQ(clip.frames, 3U);
  ASSERT_EQ(clip.persons.size(), 1U);
  EXPECT_THAT(clip.times,
              testing::ElementsAre(0.0, testing::DoubleNear(1 / 30.0, 1e-9), testing::DoubleNear(2 / 30.0, 1e-9)));
  EXPECT_THAT(clip.warnings, testing::Contains("2-D input: reduced accuracy"));
  // Facing the camera, the person's left is on the right of the image, which is negative x.
  EXPECT_THAT(joint(clip, 1, "left shoulder"), near(-0.1F, 0.5F));
  EXPECT_THAT(joint(clip, 1, "right hip"), near(0.05F, 0.0F));
  EXPECT_THAT(joint(clip, 0, "left shoulder"), near(-0.09F, 0.5F));
}

}  // namespace purlscope::test
