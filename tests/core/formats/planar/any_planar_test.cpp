#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/formats/registry.h"
#include "tests/core/formats/planar/planar_clips.h"
#include "tests/core/formats/samples/planar_samples.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::state;
using test::TempDir;
using test::ThrowsError;
using test::with_format;
using test::with_fps;
using testing::HasSubstr;

TEST(PlanarReaders, NotANumberIsAMissingJoint) {
  const TempDir folder;
  std::string text = test::kinetics_json(2);
  const std::size_t nose = text.find("\"pose\":[") + 8;
  text.replace(nose, text.find(',', nose) - nose, "NaN");
  const ClipPtr clip = read_clip(folder.write("a.json", text), with_format("kinetics-skeleton"));
  EXPECT_EQ(state(*clip, 0, 0), JointState::missing);
}

TEST(PlanarReaders, RefuseDeepNesting) {
  const TempDir folder;
  const auto file = folder.write("0_keypoints.json", R"({"version":1.3,"people":)" + std::string(100'000, '['));
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::bad_format, HasSubstr("deep")));
}

TEST(PlanarReaders, RefuseUselessRates) {
  const TempDir folder;
  const auto poses = test::openpose_folder(folder, {0, 1});
  for (const double fps : {0.0, -1.0, std::nan("")}) {
    EXPECT_THAT([&] { read_clip(poses, with_fps(fps)); },
                ThrowsError(Code::bad_argument, HasSubstr("frames per second")));
  }
}

}  // namespace
}  // namespace purlscope::core
