#include "core/skeleton/window_clip.h"

#include <gtest/gtest.h>

#include "core/base/paths.h"
#include "core/formats/registry.h"
#include "core/formats/writer_registry.h"
#include "tests/support/temp_dir.h"

namespace purlscope::core {
namespace {

/// What was fed to the model can be opened again and gives the same window.
TEST(WindowClip, IsTheSameWindowAgain) {
  const ClipPtr clip = read_clip(resource_dir() / "clips/throw.skeleton");
  WindowOptions options;
  options.fps = 20.0;
  options.begin = 0.5;
  options.end = 1.5;
  const Window window = make_window(clip, options);
  const test::TempDir dir;
  for (const char* name : {"window.npz", "window.csv"}) {
    const auto file = dir.path() / name;
    write_clip(clip_of(window), file);
    const ClipPtr again = read_clip(file);
    EXPECT_EQ(again->layout->id, "kinect20") << name;
    EXPECT_EQ(again->frames, window.frames) << name;
    EXPECT_DOUBLE_EQ(again->rate(), 20.0) << name;
    EXPECT_EQ(again->persons.at(0).joints, window.persons.at(0).joints) << name;
  }
  const ClipPtr npz = read_clip(dir.path() / "window.npz");
  EXPECT_EQ(npz->persons.at(0).state, window.persons.at(0).state);
  EXPECT_EQ(npz->tags.at("source"), "throw.skeleton");
  EXPECT_EQ(npz->tags.at("window_begin_s"), "0.5");
}

}  // namespace
}  // namespace purlscope::core
