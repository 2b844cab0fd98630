// Steps that can be undone.
#include <gtest/gtest.h>

#include <QUndoStack>

#include "app/studio/history/value_step.h"
#include "app/studio/session/session.h"
#include "core/base/layout.h"

namespace purlscope::app {
namespace {

TEST(UndoSteps, OfOneKindBecomeOneAndVanishWhenNothingIsLeft) {
  QUndoStack stack;
  int value = 0;
  const auto push = [&](int to, int kind) {
    stack.push(new ValueStep<int>(
        "turn", value, to, [&](int v) { value = v; }, {}, kind));
  };
  push(1, kCameraStep);
  push(2, kCameraStep);
  push(3, kColourMapStep);
  EXPECT_EQ(stack.count(), 2);
  undo_step(stack);
  EXPECT_EQ(value, 2);
  undo_step(stack);
  EXPECT_EQ(value, 0);
  redo_step(stack);
  EXPECT_EQ(value, 2);
  push(0, kCameraStep);
  EXPECT_FALSE(can_undo(stack)) << "back where it began";
}

TEST(UndoSteps, OfAnotherClipArePassedOver) {
  QUndoStack stack;
  bool shown = true;
  int value = 0;
  int other = 0;
  stack.push(new ValueStep<int>("label", 0, 1, [&](int v) { value = v; }));
  stack.push(new ValueStep<int>(
      "set A", 0, 1, [&](int v) { other = v; }, [&] { return shown; }));
  EXPECT_EQ(undo_text(stack), "set A");
  shown = false;
  EXPECT_EQ(undo_text(stack), "label");
  undo_step(stack);
  EXPECT_EQ(value, 0);
  EXPECT_EQ(other, 1) << "not the present clip's";
  EXPECT_FALSE(can_undo(stack));
  EXPECT_EQ(redo_text(stack), "label");
}

}  // namespace
}  // namespace purlscope::app
