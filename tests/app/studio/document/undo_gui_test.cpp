// What a person edits besides labels can be undone with Ctrl+Z.
#include <gtest/gtest.h>

#include <QAction>
#include <QComboBox>

#include "app/studio/commands/command_table.h"
#include "app/studio/session/player.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

class StudioUndoGui : public testing::Test {
 protected:
  StudioUndoGui() {
    studio_.open(write_clip("undo.skeleton", 90, 2), false);
    studio_.window().player().pause();
    studio_.window().view().viewport()->setFocus();
  }

  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(&studio_.window(), key, modifiers);
  }
  void undo() { press(Qt::Key_Z, Qt::ControlModifier); }
  void redo() { press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); }
  QString undo_words() { return studio_.window().commands().action("edit.undo")->text(); }
  app::Player& player() { return studio_.window().player(); }

  Studio studio_;
};

TEST_F(StudioUndoGui, MarksComeAndGoOneByOne) {
  player().seek(1.0);
  press(Qt::Key_BracketLeft);
  EXPECT_EQ(undo_words(), "Undo set A");
  player().seek(2.0);
  press(Qt::Key_BracketRight);
  EXPECT_EQ(undo_words(), "Undo set B");
  undo();
  EXPECT_EQ(player().clock().a(), 1.0);
  EXPECT_FALSE(player().clock().b().has_value());
  redo();
  EXPECT_EQ(player().clock().b(), 2.0);
  press(Qt::Key_Backslash);
  EXPECT_FALSE(player().clock().a().has_value());
  undo();
  EXPECT_EQ(player().clock().a(), 1.0);
  EXPECT_EQ(player().clock().b(), 2.0);
  EXPECT_DOUBLE_EQ(player().time(), 2.0) << "the playhead is no edit";
}

TEST_F(StudioUndoGui, LookingAroundIsOneStepBack) {
  const render::Camera before = studio_.window().view().viewport()->camera();
  press(Qt::Key_1);
  press(Qt::Key_3);
  press(Qt::Key_7);
  EXPECT_EQ(undo_words(), "Undo change of view");
  undo();
  EXPECT_EQ(studio_.window().view().viewport()->camera().view(), before.view());
  EXPECT_EQ(studio_.window().view().preset(), render::ViewPreset::perspective);
  EXPECT_EQ(undo_words(), "Undo");
  redo();
  EXPECT_EQ(studio_.window().view().preset(), render::ViewPreset::top);
}

TEST_F(StudioUndoGui, AResetViewCanBeHadBack) {
  app::Viewport* view = studio_.window().view().viewport();
  const QPoint middle = view->rect().center();
  QTest::mousePress(view, Qt::LeftButton, {}, middle);
  for (int i = 1; i <= 10; ++i) QTest::mouseMove(view, middle + QPoint(10 * i, 4 * i));
  QTest::mouseRelease(view, Qt::LeftButton, {}, middle + QPoint(100, 40));
  const render::Camera moved = view->camera();
  press(Qt::Key_R);
  ASSERT_NE(view->camera().view(), moved.view());
  EXPECT_EQ(undo_words(), "Undo reset view");
  undo();
  EXPECT_EQ(view->camera().view(), moved.view());
}

TEST_F(StudioUndoGui, PersonAndAppearanceToo) {
  auto* chooser = studio_.find<QComboBox>("input_person");
  chooser->setFocus();
  QTest::keyClick(chooser, Qt::Key_Down);
  QTest::keyClick(chooser, Qt::Key_Down);
  EXPECT_EQ(studio_.session().person(), 1);
  EXPECT_EQ(undo_words(), "Undo choose person 2");
  undo();
  EXPECT_FALSE(studio_.session().person().has_value()) << "walking down the list is one step";
  press(Qt::Key_G);
  EXPECT_EQ(undo_words(), "Undo floor");
  undo();
  EXPECT_TRUE(studio_.session().display().floor);
}

TEST_F(StudioUndoGui, StepsOfAnotherClipArePassedOver) {
  studio_.type_label("wave");
  studio_.window().view().viewport()->setFocus();
  player().seek(1.0);
  press(Qt::Key_BracketLeft);
  studio_.open(write_clip("undo_next.skeleton", 90, 2), false);
  EXPECT_EQ(undo_words(), "Undo add “wave”");
  undo();
  EXPECT_TRUE(studio_.session().labels().labels.empty());
  EXPECT_FALSE(player().clock().a().has_value());
}

}  // namespace
}  // namespace purlscope::test
