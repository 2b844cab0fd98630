#include "core/skeleton/disturb.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/formats/registry.h"
#include "tests/support/source_dir.h"

namespace purlscope::core {
namespace {

Clip bundled_clip() { return *read_clip(test::source_dir() / "resources" / "clips" / "throw.skeleton"); }

float distance(const Vec3& a, const Vec3& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

/// Largest distance between two recordings' joints.
float difference(const Clip& a, const Clip& b) {
  float most = 0;
  for (std::size_t i = 0; i < a.persons[0].joints.size(); ++i) {
    most = std::max(most, distance(a.persons[0].joints[i], b.persons[0].joints[i]));
  }
  return most;
}

TEST(Disturb, TwoMirrorsGiveTheRecordingBack) {
  const Clip clip = bundled_clip();
  const Clip once = disturb(clip, parse_disturbance("mirror"));
  const auto right = static_cast<std::size_t>(clip.layout->joint("right hand"));
  const auto left = static_cast<std::size_t>(clip.layout->joint("left hand"));
  EXPECT_FLOAT_EQ(once.persons[0].joints[left][0], -clip.persons[0].joints[right][0]);
  EXPECT_FLOAT_EQ(once.persons[0].joints[left][1], clip.persons[0].joints[right][1]);
  EXPECT_EQ(difference(disturb(once, parse_disturbance("mirror")), clip), 0);
}

TEST(Disturb, ATurnKeepsHeightsAndBones) {
  const Clip clip = bundled_clip();
  const Clip turned = disturb(clip, parse_disturbance("rotate:90"));
  for (const auto& [parent, child] : clip.layout->bones) {
    const auto a = static_cast<std::size_t>(parent);
    const auto b = static_cast<std::size_t>(child);
    EXPECT_NEAR(distance(turned.persons[0].joints[a], turned.persons[0].joints[b]),
                distance(clip.persons[0].joints[a], clip.persons[0].joints[b]), 1e-5);
    EXPECT_FLOAT_EQ(turned.persons[0].joints[b][1], clip.persons[0].joints[b][1]);
  }
  EXPECT_GT(difference(turned, clip), 0.1F);
  EXPECT_LT(difference(disturb(turned, parse_disturbance("rotate:-90")), clip), 1e-5F);
}

TEST(Disturb, TheRateChangesAndTheDurationStays) {
  const Clip clip = bundled_clip();
  const Clip slow = disturb(clip, parse_disturbance("fps:15"));
  EXPECT_NEAR(slow.rate(), 15, 1e-6);
  EXPECT_NEAR(slow.duration(), clip.duration(), 0.1);
}

TEST(Disturb, MissingJointsAreLimbsAndTheSameEachTime) {
  const Clip clip = bundled_clip();
  const Clip first = disturb(clip, parse_disturbance("missing:3"));
  const Clip again = disturb(clip, parse_disturbance("missing:3"));
  std::size_t missing = 0;
  for (std::size_t j = 0; j < clip.joint_count(); ++j) {
    EXPECT_EQ(first.persons[0].state[j], again.persons[0].state[j]);
    if (first.persons[0].state[j] != JointState::missing || clip.persons[0].state[j] == JointState::missing) continue;
    ++missing;
    EXPECT_NE(clip.layout->mirror[j], static_cast<int>(j)) << clip.layout->joints[j];
  }
  EXPECT_EQ(missing, 3U);
}

TEST(Disturb, NoiseHasTheSizeAskedFor) {
  const Clip clip = bundled_clip();
  const Clip noisy = disturb(clip, parse_disturbance("noise:0.02"));
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < clip.persons[0].joints.size(); ++i) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double step = noisy.persons[0].joints[i][axis] - clip.persons[0].joints[i][axis];
      sum += step * step;
      ++count;
    }
  }
  EXPECT_NEAR(std::sqrt(sum / static_cast<double>(count)), 0.02, 0.001);
}

TEST(Disturb, UnknownChangesAreRefusedWithWhatIsKnown) {
  for (const char* text : {"", "mirror:1", "rotate", "rotate:x", "rotate:90deg", "fps:0", "fps:nan", "missing:0",
                           "noise:2", "squeeze:3"}) {
    EXPECT_THROW(parse_disturbance(text), Error) << text;
  }
}

}  // namespace
}  // namespace purlscope::core
