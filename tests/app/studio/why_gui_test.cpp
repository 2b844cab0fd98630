// "Why this label?" by mouse and keys, on a mock.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QTreeWidget>

#include "app/studio/commands/command_table.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/widgets/dock.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

constexpr int kShare = 1, kHidden = 2;

QTreeWidget* tree(Studio& studio) { return studio.find<QTreeWidget>("why_tree"); }

/// A studio with three labels and a scored clip, the panel in front.
void prepare(Studio& studio) {
  studio.set_labels({"wave", "throw", "kick"});
  studio.open(write_clip("why.skeleton"));
  studio.find<app::Dock>("why")->reveal();
  ASSERT_TRUE(wait_until([&] { return tree(studio)->topLevelItemCount() == 3; }));
}

QTreeWidgetItem* row(Studio& studio, const QString& name) {
  for (QTreeWidgetItemIterator it(tree(studio)); *it != nullptr; ++it) {
    if ((*it)->text(0) == name) return *it;
  }
  throw std::runtime_error("no row " + name.toStdString());
}

/// "+0.25" with a real minus sign.
double number(QString text) { return text.replace(QChar(0x2212), QLatin1Char('-')).toDouble(); }

double margin(Studio& studio, std::size_t label, std::size_t rival) {
  const auto& labels = studio.session().recognition()->labels;
  return static_cast<double>(labels[label].score) - labels[rival].score;
}

void click(Studio& studio, QTreeWidgetItem* item) {
  tree(studio)->scrollToItem(item);
  QTest::mouseClick(tree(studio)->viewport(), Qt::LeftButton, {}, tree(studio)->visualItemRect(item).center());
}

TEST(StudioWhyGui, SharesUnderEachHeadingAddUpToTheMargin) {
  Studio studio;
  prepare(studio);
  const auto ranking = studio.session().recognition()->ranking();
  const double whole = margin(studio, *studio.session().scored(*studio.session().label()), ranking[1]);
  for (int heading = 0; heading < 3; ++heading) {
    const QTreeWidgetItem* group = tree(studio)->topLevelItem(heading);
    ASSERT_GT(group->childCount(), 3);
    double sum = 0;
    for (int i = 0; i < group->childCount(); ++i) sum += number(group->child(i)->text(kShare));
    EXPECT_NEAR(sum, whole, 0.005 * group->childCount()) << group->text(0).toStdString();
  }
}

TEST(StudioWhyGui, ScoringWithoutAPartIsMeasuredAndShown) {
  Studio studio;
  prepare(studio);
  const auto measured = [&] { return !row(studio, "trunk")->text(kHidden).isEmpty(); };
  ASSERT_TRUE(wait_until(measured));
  const int calls = studio.control().recognise_calls;
  for (const char* part : {"left arm", "right arm", "left leg", "right leg"}) {
    EXPECT_FALSE(row(studio, part)->text(kHidden).isEmpty()) << part;
  }
  const QTreeWidgetItem* times = tree(studio)->topLevelItem(2);
  // The mock scores by the window's length: without a third it scores otherwise, without an arm the same.
  EXPECT_NE(times->child(0)->text(kHidden), row(studio, "left arm")->text(kHidden));
  EXPECT_EQ(times->child(3)->text(kHidden), QStringLiteral("–")) << "nothing is left without the whole";
  EXPECT_FALSE(times->child(3)->toolTip(kHidden).isEmpty());
  QTest::qWait(300);
  EXPECT_EQ(studio.control().recognise_calls, calls) << "measured once";
}

TEST(StudioWhyGui, NothingIsMeasuredWhileNobodyLooks) {
  Studio studio;
  studio.set_labels({"wave", "throw"});
  studio.open(write_clip("why.skeleton"));
  QTest::qWait(400);
  EXPECT_EQ(studio.control().recognise_calls, 1);
}

TEST(StudioWhyGui, ALineChoosesItsSentenceItsTimeOrItsJoint) {
  Studio studio;
  prepare(studio);
  click(studio, row(studio, "legs"));
  EXPECT_EQ(studio.session().sentence(), core::sentence_index("legs"));
  studio.window().player().pause();
  studio.window().player().seek(1.2);
  click(studio, tree(studio)->topLevelItem(2)->child(0));
  EXPECT_NEAR(studio.window().player().time(), studio.session().recognition()->spans[0].begin, 0.05);
  row(studio, "right arm")->setExpanded(true);
  click(studio, row(studio, "right wrist"));
  ASSERT_EQ(studio.session().pins().size(), 1U);
  tree(studio)->setCurrentItem(row(studio, "head"));
  tree(studio)->setFocus();
  QTest::keyClick(tree(studio), Qt::Key_Return);
  EXPECT_EQ(studio.session().sentence(), core::sentence_index("head"));
}

TEST(StudioWhyGui, WhoeverWalksThroughTheLinesKeepsThePlace) {
  Studio studio;
  prepare(studio);
  tree(studio)->setCurrentItem(row(studio, "torso"));
  row(studio, "right arm")->setExpanded(true);
  tree(studio)->setFocus();
  QTest::keyClick(tree(studio), Qt::Key_Return);
  EXPECT_EQ(studio.session().sentence(), core::sentence_index("torso"));
  const auto before = studio.session().recognition();
  studio.open(write_clip("other.skeleton", 60));
  ASSERT_NE(studio.session().recognition(), before);
  QTest::keyClick(tree(studio), Qt::Key_Down);
  ASSERT_NE(tree(studio)->currentItem(), nullptr);
  EXPECT_EQ(tree(studio)->currentItem()->text(0), QStringLiteral("legs"));
}

TEST(StudioWhyGui, TheMarginIsTakenOverTheChosenRival) {
  Studio studio;
  prepare(studio);
  auto* rivals = studio.find<QComboBox>("rival_chooser");
  ASSERT_EQ(rivals->count(), 2);
  const double over_second = number(tree(studio)->topLevelItem(0)->child(0)->text(kShare));
  rivals->setFocus();
  QTest::keyClick(rivals, Qt::Key_Down);
  Q_EMIT rivals->activated(rivals->currentIndex());
  const auto ranking = studio.session().recognition()->ranking();
  double sum = 0;
  for (int i = 0; i < 9; ++i) sum += number(tree(studio)->topLevelItem(0)->child(i)->text(kShare));
  EXPECT_NEAR(sum, margin(studio, ranking[0], ranking[2]), 0.05);
  EXPECT_NE(number(tree(studio)->topLevelItem(0)->child(0)->text(kShare)), over_second);
}

TEST(StudioWhyGui, OneLabelHasNothingToBeComparedWith) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("why.skeleton"));
  studio.find<app::Dock>("why")->reveal();
  EXPECT_EQ(tree(studio)->topLevelItemCount(), 0);
  EXPECT_FALSE(tree(studio)->isVisible());
}

}  // namespace
}  // namespace purlscope::test
