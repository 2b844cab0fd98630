#include "core/skeleton/ntu_preprocess.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/formats/registry.h"
#include "tests/support/npz.h"
#include "tests/support/shared.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using testing::HasSubstr;

constexpr std::size_t kFrames = 300;

float at(const NdArray& array, std::size_t axis, std::size_t frame, std::size_t joint, std::size_t body) {
  return array.data[((axis * array.shape[1] + frame) * 25 + joint) * 2 + body];
}

Clip bundled() { return *read_clip(resource("clips/walk.skeleton")); }

void hide(Clip& clip, std::size_t frame) {
  for (std::size_t j = 0; j < 25; ++j) {
    clip.persons[0].joints[frame * 25 + j] = {};
    clip.persons[0].state[frame * 25 + j] = JointState::missing;
  }
}

TEST(NtuPreprocess, TheBodyStandsOnItsSpineAlongZAndFacesAlongX) {
  const NdArray out = ntu_preprocess(bundled());
  EXPECT_THAT(out.shape, testing::ElementsAre(3, kFrames, 25, 2));
  for (std::size_t axis = 0; axis < 3; ++axis)
    EXPECT_NEAR(at(out, axis, 0, 1, 0), 0.0F, 1e-6F) << "spine middle is the origin";
  // The second rotation leaves the spine nearly, and the shoulders exactly, where they belong.
  EXPECT_LT(at(out, 2, 0, 0, 0), -0.2F);
  EXPECT_NEAR(at(out, 1, 0, 8, 0), at(out, 1, 0, 4, 0), 1e-5F);
  EXPECT_NEAR(at(out, 2, 0, 8, 0), at(out, 2, 0, 4, 0), 1e-5F);
  EXPECT_GT(at(out, 0, 0, 8, 0), at(out, 0, 0, 4, 0));
}

TEST(NtuPreprocess, TheSequenceRepeatsToTheEndAndTheEmptySlotIsZero) {
  const Clip clip = bundled();
  const NdArray out = ntu_preprocess(clip);
  for (std::size_t t = 0; t + clip.frames < kFrames; ++t)
    EXPECT_EQ(at(out, 0, t + clip.frames, 11, 0), at(out, 0, t, 11, 0));
  for (std::size_t t = 0; t < kFrames; ++t) EXPECT_EQ(at(out, 1, t, 11, 1), 0.0F);
}

TEST(NtuPreprocess, LeadingEmptyFramesAreMovedOut) {
  const Clip clip = bundled();
  Clip late = clip;
  // Two empty frames before the same motion.
  Person& person = late.persons[0];
  person.joints.insert(person.joints.begin(), 2 * 25, Vec3{});
  person.state.insert(person.state.begin(), 2 * 25, JointState::missing);
  late.frames += 2;
  late.times.insert(late.times.end(), {10.0, 10.1});
  const NdArray expected = ntu_preprocess(clip);
  const NdArray out = ntu_preprocess(late);
  for (std::size_t t = 0; t < clip.frames; ++t) EXPECT_EQ(at(out, 2, t, 3, 0), at(expected, 2, t, 3, 0));
}

TEST(NtuPreprocess, AnEmptyFrameInTheMiddleStaysEmpty) {
  Clip clip = bundled();
  hide(clip, 10);
  const NdArray out = ntu_preprocess(clip);
  EXPECT_EQ(at(out, 0, 10, 11, 0), 0.0F);
  EXPECT_NE(at(out, 0, 11, 11, 0), 0.0F);
}

TEST(NtuPreprocess, OtherLayoutsAndEmptyClipsAreRefused) {
  Clip other = bundled();
  other.layout = joint_layout("kinect20");
  EXPECT_THAT([&] { ntu_preprocess(other); }, test::ThrowsError(Code::shape_mismatch, HasSubstr("kinect20")));
  Clip nobody = bundled();
  nobody.persons.clear();
  EXPECT_THAT([&] { ntu_preprocess(nobody); }, test::ThrowsError(Code::bad_format, HasSubstr("no body")));
  Clip hidden = bundled();
  for (std::size_t t = 0; t < hidden.frames; ++t) hide(hidden, t);
  EXPECT_THAT([&] { ntu_preprocess(hidden); }, test::ThrowsError(Code::bad_format, HasSubstr("no body")));
}

class NtuPreprocessGolden : public testing::TestWithParam<const char*> {};

TEST_P(NtuPreprocessGolden, EqualsTheOfficialInput) {
  PURLSCOPE_NEEDS_SHARED();
  const std::string name = GetParam();
  const ClipPtr clip = read_clip(test::shared_dir() / "data" / "ntu-rgbd-samples" / (name + ".skeleton"));
  const auto golden =
      test::read_npz(test::shared_dir() / "golden" / "shift-gcn" / ("ntu_ShiftGCN_joint_xsub__" + name + ".npz"));
  const test::NpzArray& input = golden.at("input");
  const NdArray out = ntu_preprocess(*clip);
  ASSERT_EQ(out.shape, input.shape);
  double largest = 0.0;
  for (std::size_t i = 0; i < out.data.size(); ++i) largest = std::max(largest, std::abs(out.data[i] - input.data[i]));
  EXPECT_LE(largest, 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Clips, NtuPreprocessGolden,
                         testing::Values("S001C001P001R001A011", "S001C003P008R002A058", "S002C001P003R001A003",
                                         "S003C001P015R001A034", "S004C002P003R001A017"),
                         [](const auto& parameter) { return std::string(parameter.param); });

}  // namespace
}  // namespace purlscope::core
