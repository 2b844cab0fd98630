#include "core/skeleton/hide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

Clip standing(std::size_t frames) {
  Clip clip;
  clip.name = "stand";
  clip.layout = joint_layout("kinect20");
  clip.frames = frames;
  for (std::size_t t = 0; t < frames; ++t) clip.times.push_back(0.1 * static_cast<double>(t));
  const std::size_t values = frames * clip.joint_count();
  clip.persons = {{"1", std::vector<Vec3>(values, Vec3{1, 2, 3}), std::vector<JointState>(values, JointState::given)}};
  return clip;
}

TEST(Hide, HiddenJointsAreMissingInEveryFrameAndOthersStay) {
  const Clip clip = standing(4);
  const Clip hidden = without_joints(clip, {7, 19});
  for (std::size_t place = 0; place < hidden.persons[0].state.size(); ++place) {
    const bool gone = place % 20 == 7 || place % 20 == 19;
    EXPECT_EQ(hidden.persons[0].state[place], gone ? JointState::missing : JointState::given) << place;
    EXPECT_EQ(hidden.persons[0].joints[place], (gone ? Vec3{} : Vec3{1, 2, 3})) << place;
  }
  EXPECT_EQ(clip.persons[0].state[7], JointState::given) << "the clip itself stays";
}

TEST(Hide, NobodyIsSeenInTheHiddenStretch) {
  const Clip hidden = without_time(standing(6), 0.1, 0.3);
  for (const auto& [frame, absent] : {std::pair(0, false), {1, true}, {2, true}, {3, false}, {5, false}}) {
    EXPECT_EQ(hidden.absent(0, static_cast<std::size_t>(frame)), absent) << frame;
  }
}

TEST(Hide, RefusesJointsThatTheLayoutLacks) {
  EXPECT_THAT([] { without_joints(standing(1), {20}); },
              test::ThrowsError(Code::bad_argument, testing::HasSubstr("layout has 20")));
}

}  // namespace
}  // namespace purlscope::core
