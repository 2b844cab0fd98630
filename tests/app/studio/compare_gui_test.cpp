// Comparing: a second clip beside the first, and the difference of two labels.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QFileDialog>
#include <QInputDialog>
#include <QTimer>

#include "app/studio/commands/command_table.h"
#include "app/studio/session/comparison.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

using app::Comparison;
using app::Viewport;

/// Presses a key in the view; answers the dialog that it opens.
template <typename Dialog, typename Answer>
void press_and_answer(Studio& studio, Qt::Key key, Answer answer) {
  QTimer asked;
  QObject::connect(&asked, &QTimer::timeout, &studio.window(), [&] {
    auto* dialog = studio.window().findChild<Dialog*>();
    if (dialog == nullptr || !dialog->isVisible()) return;
    asked.stop();
    answer(*dialog);
  });
  asked.start(20);
  QTest::keyClick(studio.window().view().viewport(), key);
}

void compare_with_clip(Studio& studio, const std::filesystem::path& file) {
  studio.window().comparison().with_clip(file);
  ASSERT_TRUE(wait_until([&] { return studio.window().comparison().recognition() != nullptr; }));
}

TEST(StudioCompareGui, ASecondClipIsShownBesideFromTheSameSideAtTheSameTime) {
  Studio studio;
  studio.set_labels({"throw", "wave"});
  studio.open(write_clip("a.skeleton"));
  Viewport* view = studio.window().view().viewport();
  const float aspect = view->aspect();
  compare_with_clip(studio, write_clip("b.skeleton", 20));
  ASSERT_TRUE(view->beside());
  EXPECT_LT(view->aspect(), 0.6F * aspect) << "each has half the width";
  ASSERT_TRUE(view->beside()->scene.quantity);
  EXPECT_EQ(view->beside()->scene.quantity->high, view->scene().quantity->high) << "the same colour is the same value";
  EXPECT_FALSE(view->pick({view->width() * 0.75, view->height() / 2.0})) << "the other half has no joints of this one";

  studio.window().player().seek(0.3);
  EXPECT_EQ(view->beside()->scene.bodies.back().joints, view->scene().bodies.back().joints) << "the same recording";
  studio.window().player().seek(1.2);
  EXPECT_NE(view->beside()->scene.bodies.back().joints, view->scene().bodies.back().joints) << "the second has ended";

  const float yaw = view->camera().yaw;
  const QPoint middle(view->width() * 3 / 4, view->height() / 2);
  QTest::mousePress(view, Qt::LeftButton, {}, middle);
  QTest::mouseMove(view, middle + QPoint(60, 0));
  QTest::mouseMove(view, middle + QPoint(90, 0));
  QTest::mouseRelease(view, Qt::LeftButton, {}, middle + QPoint(90, 0));
  EXPECT_NE(view->camera().yaw, yaw);
  view->grabFramebuffer();
  EXPECT_FLOAT_EQ(view->beside()->scene.camera.yaw, view->camera().yaw) << "both turn";

  QTest::keyClick(view, Qt::Key_B, Qt::ShiftModifier);
  EXPECT_FALSE(view->beside());
  EXPECT_FLOAT_EQ(view->aspect(), aspect);
  EXPECT_FALSE(studio.window().comparison().active());
}

TEST(StudioCompareGui, AnotherLabelMakesTheColoursADifference) {
  Studio studio;
  studio.set_labels({"throw", "wave", "clap"});
  studio.open(write_clip("a.skeleton"));
  studio.session().choose_label(0);
  studio.session().choose_sentence(1);
  Viewport* view = studio.window().view().viewport();
  press_and_answer<QInputDialog>(studio, Qt::Key_V, [](QInputDialog& dialog) {
    EXPECT_EQ(dialog.comboBoxItems(), QStringList({"wave", "clap"})) << "not the chosen one";
    dialog.setTextValue("wave");
    dialog.accept();
  });
  ASSERT_TRUE(view->scene().quantity);
  const render::Quantity& quantity = *view->scene().quantity;
  EXPECT_EQ(quantity.title, "throw against wave · hands");
  EXPECT_EQ(quantity.map, "coolwarm");
  EXPECT_FLOAT_EQ(quantity.low, -quantity.high);

  studio.session().choose_label(1);
  EXPECT_EQ(view->scene().quantity->map, "viridis") << "a label against itself is the label alone";
  studio.session().choose_label(0);
  studio.session().remove_label(1);
  ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
  EXPECT_EQ(view->scene().quantity->map, "viridis") << "the other label is gone";
}

TEST(StudioCompareGui, AFileThatCannotBeReadIsToldAndChangesNothing) {
  Studio studio;
  studio.open(write_clip("a.skeleton"), false);
  QString told;
  QObject::connect(&studio.window().comparison(), &Comparison::failed, [&](const QString& text) { told = text; });
  studio.window().comparison().with_clip(write_file("broken.skeleton", "not a number\n"));
  ASSERT_TRUE(wait_until([&] { return !told.isEmpty(); }));
  EXPECT_TRUE(told.contains(QStringLiteral("broken.skeleton")));
  EXPECT_FALSE(studio.window().view().viewport()->beside());
}

}  // namespace
}  // namespace purlscope::test
