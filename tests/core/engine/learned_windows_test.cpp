#include "core/engine/learned_windows.h"

#include <gtest/gtest.h>

namespace purlscope::core {
namespace {

TEST(LearnedWindows, AWindowIsLearnedFromOnce) {
  LearnedWindows windows;
  const LearnFrom window{true, "wave.skeleton"};
  EXPECT_TRUE(windows.due(window));
  windows.add(window);
  EXPECT_FALSE(windows.due(window));
  EXPECT_TRUE(windows.due({true, "clap.skeleton"}));
  EXPECT_FALSE(windows.due({false, "clap.skeleton"})) << "nobody wants it";
}

TEST(LearnedWindows, ThoseWithoutANameAreLearnedFromWheneverTheyAreWanted) {
  LearnedWindows windows;
  windows.add({true});
  EXPECT_TRUE(windows.due({true}));
  EXPECT_FALSE(windows.due({false}));
}

TEST(LearnedWindows, AResetComesBackToWhatWasKept) {
  LearnedWindows windows;
  windows.add({true, "kept"});
  windows.keep();
  windows.add({true, "later"});
  windows.forget();
  EXPECT_FALSE(windows.due({true, "kept"})) << "what was learned from it is still there";
  EXPECT_TRUE(windows.due({true, "later"}));
  windows.release("kept");
  EXPECT_TRUE(windows.due({true, "kept"}));
  windows.forget();
  EXPECT_FALSE(windows.due({true, "kept"}));
  windows.clear();
  windows.forget();
  EXPECT_TRUE(windows.due({true, "kept"}));
}

}  // namespace
}  // namespace purlscope::core
