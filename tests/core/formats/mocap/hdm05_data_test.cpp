#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/rotation.h"
#include "core/formats/registry.h"
#include "tests/support/shared.h"

namespace purlscope::core {
namespace {

using testing::IsEmpty;

/// Real recordings of HDM05 (Müller et al. 2007): facts that hold for a person, whatever the reader does.
class Hdm05Data : public testing::Test {
 protected:
  static ClipPtr read(const char* name) { return read_clip(test::shared_dir() / "data" / "hdm05-amc" / name); }

  static Vec3d at(const Clip& clip, std::size_t frame, const char* joint) {
    const Vec3& p =
        clip.persons[0].joints[frame * clip.joint_count() + static_cast<std::size_t>(clip.layout->joint(joint))];
    return {p[0], p[1], p[2]};
  }

  static void expect_a_person(const Clip& clip) {
    EXPECT_EQ(clip.joint_count(), 31U);
    EXPECT_EQ(clip.fps, 120.0);
    for (std::size_t t = 0; t < clip.frames; ++t) {
      EXPECT_NEAR(norm(subtract(at(clip, t, "ltibia"), at(clip, t, "lfemur"))), 6.83263 * 0.0254 / 0.45, 1e-5);
      const double lowest = std::min(at(clip, t, "lfoot")[1], at(clip, t, "rfoot")[1]);
      EXPECT_GT(lowest, -0.05) << "frame " << t;
      EXPECT_LT(lowest, 0.15) << "frame " << t;
      // Forward from ankle to toes; left is up cross forward in a right-handed frame.
      const Vec3d forward = add(subtract(at(clip, t, "ltoes"), at(clip, t, "ltibia")),
                                subtract(at(clip, t, "rtoes"), at(clip, t, "rtibia")));
      const Vec3d left = cross({0, 1, 0}, forward);
      EXPECT_GT(dot(left, subtract(at(clip, t, "lhipjoint"), at(clip, t, "rhipjoint"))), 0.0) << "frame " << t;
    }
  }
};

TEST_F(Hdm05Data, ASquatLowersTheHipsAndComesUpAgain) {
  PURLSCOPE_NEEDS_SHARED();
  const ClipPtr clip = read("HDM_mm_squat1Reps_037_120.amc");
  EXPECT_EQ(clip->label, "squat1Reps");
  EXPECT_EQ(clip->frames, 189U);
  EXPECT_THAT(clip->warnings, IsEmpty());
  expect_a_person(*clip);
  double lowest = 10.0;
  for (std::size_t t = 0; t < clip->frames; ++t) lowest = std::min(lowest, at(*clip, t, "root")[1]);
  const double first = at(*clip, 0, "root")[1];
  const double last = at(*clip, clip->frames - 1, "root")[1];
  EXPECT_GT(first, 0.8);
  EXPECT_LT(lowest, first - 0.3);
  EXPECT_NEAR(last, first, 0.15);
  EXPECT_NEAR(at(*clip, 0, "head")[1], 1.65, 0.2);
}

TEST_F(Hdm05Data, ADepositReachesTheFloorWithTheRightHand) {
  PURLSCOPE_NEEDS_SHARED();
  const ClipPtr clip = read("HDM_mm_depositFloorR_019_120.amc");
  expect_a_person(*clip);
  double left = 10.0;
  double right = 10.0;
  for (std::size_t t = 0; t < clip->frames; ++t) {
    left = std::min(left, at(*clip, t, "lhand")[1]);
    right = std::min(right, at(*clip, t, "rhand")[1]);
  }
  EXPECT_LT(right, 0.3);
  EXPECT_GT(left, right);
}

}  // namespace
}  // namespace purlscope::core
