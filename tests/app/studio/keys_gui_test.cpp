// Where the keys go: focus, Escape, undo, panels that must be in sight first.
#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/library/library_model.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

TEST(StudioKeysGui, NoButtonHasTheFocusAtTheStart) {
  Studio studio;
  QWidget* focused = studio.window().focusWidget();
  ASSERT_NE(focused, nullptr);
  EXPECT_EQ(focused->objectName(), "timeline_strip");
  QTest::keyClick(focused, Qt::Key_Space);
  for (const QDockWidget* dock : studio.window().findChildren<QDockWidget*>()) EXPECT_FALSE(dock->isFloating());
}

TEST(StudioKeysGui, EscapeGivesTheKeysBackToTheView) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("escape.skeleton"));
  app::Viewport* view = studio.window().view().viewport();
  ASSERT_NE(view, nullptr);

  QTest::keyClick(&studio.window(), Qt::Key_N);
  auto* line = studio.find<QLineEdit>("label_line");
  ASSERT_TRUE(line->hasFocus());
  QTest::keyClick(line, Qt::Key_Escape);
  EXPECT_TRUE(view->hasFocus());

  QTest::keyClick(&studio.window(), Qt::Key_F, Qt::ControlModifier);
  auto* search = studio.find<QLineEdit>("library_search");
  ASSERT_TRUE(search->hasFocus());
  QTest::keyClick(search, Qt::Key_Escape);
  EXPECT_TRUE(view->hasFocus());

  studio.session().choose_sentence(1);
  QTest::keyClick(&studio.window(), Qt::Key_E);
  auto* hands = studio.find<QPlainTextEdit>("sentence_hands");
  ASSERT_TRUE(hands->hasFocus()) << "the chosen sentence is the one to edit";
  const QString before = hands->toPlainText();
  QTest::keyClicks(hands, "x");
  QTest::keyClick(hands, Qt::Key_Escape);
  EXPECT_EQ(hands->toPlainText(), before);
  EXPECT_TRUE(hands->isVisible());
  QTest::keyClick(hands, Qt::Key_Escape);
  EXPECT_FALSE(hands->isVisible());
  EXPECT_TRUE(view->hasFocus());
}

TEST(StudioKeysGui, UndoAfterEnterTakesTheLabelBack) {
  Studio studio;
  studio.open(write_clip("undo_line.skeleton"), false);
  studio.type_label("wave");
  auto* line = studio.find<QLineEdit>("label_line");
  QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_TRUE(studio.session().labels().labels.empty());
  EXPECT_TRUE(line->text().isEmpty());
  QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(studio.session().labels().labels.size(), 1U);
  QTest::keyClicks(line, "kick");
  QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_TRUE(line->text().isEmpty()) << "what is being typed is undone first";
  EXPECT_EQ(studio.session().labels().labels.size(), 1U);
}

TEST(StudioKeysGui, UndoAfterEnterTakesTheSentenceBackAndItsBoxFits) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("undo_sentence.skeleton"));
  QTest::keyClick(&studio.window(), Qt::Key_E);
  auto* hands = studio.find<QPlainTextEdit>("sentence_hands");
  hands->setFocus();
  const QString before = hands->toPlainText();
  const int height = hands->height();
  hands->selectAll();
  QTest::keyClicks(hands, "up");
  QTest::keyClick(hands, Qt::Key_Return);
  ASSERT_TRUE(studio.session().edited(0));
  QTest::keyClick(hands, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_FALSE(studio.session().edited(0));
  EXPECT_EQ(hands->toPlainText(), before);
  EXPECT_TRUE(wait_until([&] { return hands->height() == height; })) << hands->height() << " was " << height;
}

TEST(StudioKeysGui, FocusInASentenceChoosesItAndTheScoreStaysInSight) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("focus_sentence.skeleton"));
  QTest::keyClick(&studio.window(), Qt::Key_E);
  studio.find<QPlainTextEdit>("sentence_legs")->setFocus();
  EXPECT_EQ(studio.session().sentence(), 3U);
  auto* score = studio.find<QLabel>("sentences_score");
  EXPECT_TRUE(score->isVisible());
  EXPECT_TRUE(score->text().contains('%'));
}

TEST(StudioKeysGui, CommandsBringTheirPanelIntoSight) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("reveal.skeleton"));
  auto* labels = studio.find<QDockWidget>("labels");
  auto* library = studio.find<QDockWidget>("library");
  labels->close();
  library->close();
  QTest::keyClick(&studio.window(), Qt::Key_N);
  EXPECT_TRUE(studio.find<QLineEdit>("label_line")->hasFocus());
  QTest::keyClick(&studio.window(), Qt::Key_F, Qt::ControlModifier);
  EXPECT_TRUE(studio.find<QLineEdit>("library_search")->hasFocus());

  auto* input = studio.find<QDockWidget>("input");
  studio.window().tabifyDockWidget(labels, input);
  input->raise();
  ASSERT_TRUE(wait_until([&] { return labels->visibleRegion().isEmpty(); }));
  studio.window().commands().run("view.dock.labels");
  EXPECT_FALSE(labels->isHidden()) << "a panel behind a tab is raised, not hidden";
  EXPECT_TRUE(wait_until([&] { return !labels->visibleRegion().isEmpty(); }));
  input->raise();
  ASSERT_TRUE(wait_until([&] { return labels->visibleRegion().isEmpty(); }));
  QTest::keyClick(&studio.window(), Qt::Key_E);
  EXPECT_TRUE(wait_until([&] { return !labels->visibleRegion().isEmpty(); }));
  studio.window().commands().run("view.reset_layout");
}

TEST(StudioKeysGui, PageKeysBelongToAListThatHasTheFocus) {
  Studio studio;
  studio.window().open_bundled();
  ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
  studio.window().player().pause();
  auto* table = studio.find<QAbstractItemView>("label_table");
  auto* clips = studio.find<QAbstractItemView>("library_list");
  const int row = clips->currentIndex().row();
  table->setFocus();
  table->setCurrentIndex(table->model()->index(0, 0));
  QTest::keyClick(table, Qt::Key_PageDown);
  EXPECT_GT(table->currentIndex().row(), 0);
  EXPECT_EQ(clips->currentIndex().row(), row);
  studio.window().view().viewport()->setFocus();
  QTest::keyClick(studio.window().view().viewport(), Qt::Key_PageDown);
  EXPECT_EQ(clips->currentIndex().row(), row + 1);
}

}  // namespace
}  // namespace purlscope::test
