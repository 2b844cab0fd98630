#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/formats/registry.h"
#include "tests/core/formats/mocap/mocap_reader.h"
#include "tests/core/formats/samples/mocap_samples.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::MocapReader;
using test::ThrowsError;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using C3dReader = MocapReader;

TEST_F(C3dReader, ReadsAllProcessorsInIntegersAndReals) {
  for (const int processor : {84, 85, 86}) {
    for (const bool real : {true, false}) {
      test::C3dSpec spec;
      spec.processor = processor;
      spec.real = real;
      spec.analog = 5;
      const ClipPtr clip = read("a.c3d", test::c3d_file(spec));
      SCOPED_TRACE(testing::Message() << "processor " << processor << (real ? " real" : " integer"));
      EXPECT_THAT(clip->layout->joints, ElementsAre("LHIP", "RHIP", "HEAD"));
      EXPECT_EQ(clip->frames, 4U);
      EXPECT_EQ(clip->fps, 100.0);
      EXPECT_EQ(clip->unit, "mm");
      EXPECT_THAT(clip->warnings, IsEmpty());
      for (std::size_t t = 0; t < 4; ++t) {
        for (std::size_t p = 0; p < 3; ++p) {
          if (t == 1 && p == 0) continue;
          const auto value = [&](std::size_t axis) { return static_cast<float>(test::c3d_value(t, p, axis) / 1000.0); };
          expect_at(*clip, t, spec.labels[p], {-value(0), value(2), value(1)});  // z is up
        }
      }
      EXPECT_EQ(state(*clip, 1, "LHIP"), JointState::missing);
      EXPECT_EQ(at(*clip, 1, "LHIP"), Vec3{});
      EXPECT_EQ(state(*clip, 1, "RHIP"), JointState::given);
    }
  }
}

TEST_F(C3dReader, FollowsTheScreenAxes) {
  test::C3dSpec spec;
  spec.x_screen = "+Z";
  spec.y_screen = "+Y";
  const auto value = [](std::size_t axis) { return static_cast<float>(test::c3d_value(0, 2, axis) / 1000.0); };
  // Right is z and up is y, so towards the viewer is z cross y = -x.
  expect_at(*read("a.c3d", test::c3d_file(spec)), 0, "HEAD", {-value(2), value(1), value(0)});
  spec.x_screen = "-X";
  spec.y_screen = "+Z";
  expect_at(*read("a.c3d", test::c3d_file(spec)), 0, "HEAD", {value(0), value(2), -value(1)});
  spec.x_screen = "+Y";
  spec.y_screen = "+Y";
  EXPECT_THAT(read("a.c3d", test::c3d_file(spec))->warnings, ElementsAre(HasSubstr("the same axis")));
}

TEST_F(C3dReader, ConvertsUnits) {
  test::C3dSpec spec;
  spec.units = "cm ";
  EXPECT_NEAR(at(*read("a.c3d", test::c3d_file(spec)), 0, "HEAD")[0], -0.5F, 1e-6);
  spec.units = "ells";
  EXPECT_THAT(read("a.c3d", test::c3d_file(spec))->warnings, ElementsAre("unknown unit 'ells'; taken as mm"));
  spec.units = "";
  EXPECT_THAT(read("a.c3d", test::c3d_file(spec))->warnings, ElementsAre("the file states no unit; taken as mm"));
}

TEST_F(C3dReader, ContinuesLabelsInFurtherParameters) {
  test::C3dSpec spec;
  spec.labels = {"a", "b", "c", "d", "e"};
  spec.labels_a_parameter = 2;
  EXPECT_THAT(read("a.c3d", test::c3d_file(spec))->layout->joints, ElementsAre("a", "b", "c", "d", "e"));
}

TEST_F(C3dReader, LeavesOutWhatIsNoPosition) {
  test::C3dSpec spec;
  spec.labels = {"LHIP", "LHipAng", "HEAD"};
  spec.angles = {"LHipAng"};
  const ClipPtr clip = read("a.c3d", test::c3d_file(spec));
  EXPECT_THAT(clip->layout->joints, ElementsAre("LHIP", "HEAD"));
  EXPECT_NEAR(at(*clip, 0, "HEAD")[0], -0.05F, 1e-6) << "the third point";
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("1 of 3 points are angles")));
}

TEST_F(C3dReader, TrimsAHeaderThatPromisesMore) {
  test::C3dSpec spec;
  spec.stated_frames = 1000;
  const ClipPtr clip = read("a.c3d", test::c3d_file(spec));
  EXPECT_EQ(clip->frames, 4U);
  EXPECT_THAT(clip->warnings, ElementsAre("1000 frames are stated, the file holds 4; the rest is missing"));
}

TEST_F(C3dReader, NamesWhatIsWrong) {
  std::string bytes = test::c3d_file({});
  bytes[515] = 12;
  EXPECT_THAT(reading("a.c3d", bytes),
              ThrowsError(Code::bad_format, HasSubstr("byte 516: processor 12, expected 84 (Intel)")));
  EXPECT_THAT(reading("a.c3d", "short"), ThrowsError(Code::bad_format, HasSubstr("no C3D header")));
  test::C3dSpec none;
  none.frames = 0;
  EXPECT_THAT(reading("a.c3d", test::c3d_file(none)), ThrowsError(Code::bad_format, HasSubstr("truncated")));
}

}  // namespace
}  // namespace purlscope::core
