#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/paths.h"
#include "core/formats/registry.h"

namespace purlscope::core {
namespace {

class BundledClips : public testing::TestWithParam<const char*> {
 protected:
  std::filesystem::path file() const { return resource(std::string("clips/") + GetParam() + ".skeleton"); }
  ClipPtr clip() const { return read_clip(file()); }
};

Vec3 joint(const Clip& clip, std::size_t frame, const char* name) {
  return clip.persons[0].joints[frame * 25 + static_cast<std::size_t>(clip.layout->joint(name))];
}

TEST_P(BundledClips, IsAShortClipOfOnePerson) {
  EXPECT_LT(std::filesystem::file_size(file()), 250'000U);
  const ClipPtr whole = clip();
  EXPECT_GE(whole->frames, 60U);
  EXPECT_LE(whole->frames, 90U);
  EXPECT_EQ(whole->persons.size(), 1U);
  EXPECT_THAT(whole->warnings, testing::IsEmpty());
  EXPECT_FALSE(whole->label.has_value());
}

TEST_P(BundledClips, FacesTheCameraOnItsFeet) {
  const ClipPtr whole = clip();
  for (std::size_t t = 0; t < whole->frames; ++t) {
    EXPECT_GT(joint(*whole, t, "right shoulder")[0], joint(*whole, t, "left shoulder")[0])
        << "the person's right is +x";
    const float toes = joint(*whole, t, "right foot")[2] + joint(*whole, t, "left foot")[2];
    const float heels = joint(*whole, t, "right ankle")[2] + joint(*whole, t, "left ankle")[2];
    EXPECT_LT(toes, heels) << "the camera is towards -z";
    const float lower = std::min(joint(*whole, t, "right ankle")[1], joint(*whole, t, "left ankle")[1]);
    EXPECT_NEAR(lower, -0.95F + 0.08F, 0.02F) << "one foot is on the floor";
  }
}

TEST_P(BundledClips, KeepsItsBonesAndMovesSmoothly) {
  const ClipPtr whole = clip();
  for (const char* limb : {"elbow wrist", "knee ankle"}) {
    const std::string names(limb);
    for (const std::string side : {"left ", "right "}) {
      const std::string a = side + names.substr(0, names.find(' '));
      const std::string b = side + names.substr(names.find(' ') + 1);
      const auto bone = [&](std::size_t t) {
        const Vec3 p = joint(*whole, t, a.c_str());
        const Vec3 q = joint(*whole, t, b.c_str());
        return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
      };
      for (std::size_t t = 1; t < whole->frames; ++t) EXPECT_NEAR(bone(t), bone(0), 1e-3F) << a;
    }
  }
  for (std::size_t i = 25; i < whole->persons[0].joints.size(); ++i) {
    const Vec3& now = whole->persons[0].joints[i];
    const Vec3& before = whole->persons[0].joints[i - 25];
    // No joint of a person who throws passes 10 m/s.
    EXPECT_LT(std::hypot(now[0] - before[0], now[1] - before[1], now[2] - before[2]) * 30.0F, 10.0F);
  }
}

INSTANTIATE_TEST_SUITE_P(Clips, BundledClips, testing::Values("clap", "sit_down", "squat", "throw", "walk", "wave"),
                         [](const auto& parameter) { return std::string(parameter.param); });

TEST(BundledClip, WaveIsWithTheRightHandAboveTheShoulder) {
  const ClipPtr clip = read_clip(resource("clips/wave.skeleton"));
  const std::size_t middle = clip->frames / 2;
  EXPECT_GT(joint(*clip, middle, "right hand")[1], joint(*clip, middle, "right shoulder")[1]);
  EXPECT_LT(joint(*clip, middle, "left hand")[1], joint(*clip, middle, "spine base")[1] + 0.05F);
}

TEST(BundledClip, SittingDownLowersThePelvisByAChairsHeight) {
  const ClipPtr clip = read_clip(resource("clips/sit_down.skeleton"));
  EXPECT_NEAR(joint(*clip, 0, "spine base")[1] - joint(*clip, clip->frames - 1, "spine base")[1], 0.42F, 0.05F);
}

TEST(BundledClip, WalkComesTowardsTheCamera) {
  const ClipPtr clip = read_clip(resource("clips/walk.skeleton"));
  EXPECT_GT(joint(*clip, 0, "spine base")[2] - joint(*clip, clip->frames - 1, "spine base")[2], 2.0F);
}

}  // namespace
}  // namespace purlscope::core
