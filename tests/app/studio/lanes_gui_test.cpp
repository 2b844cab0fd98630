// Scores over time and their segments, by mouse and keys, on a mock whose labels win one after the other.
#include <gtest/gtest.h>

#include <QLabel>
#include <QToolButton>
#include <QTreeView>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <set>

#include "app/studio/commands/command_table.h"
#include "app/studio/live/live_session.h"
#include "app/studio/panels/labels/label_model.h"
#include "app/studio/panels/timeline/lanes_view.h"
#include "app/studio/panels/timeline/timeline_strip.h"
#include "app/studio/scores/score_lanes.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/player.h"
#include "app/studio/theme/lane_colours.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

using app::LanesView;
using app::ScoreLanes;

constexpr double kDuration = 12.0;

std::shared_ptr<MockControl> in_turn() {
  auto control = std::make_shared<MockControl>();
  control->in_turn = true;
  return control;
}

class LanesGui : public testing::Test {
 protected:
  LanesGui() : studio_(in_turn()) { studio_.set_labels({"wave", "throw", "kick"}); }

  ScoreLanes& lanes() { return studio_.window().lanes(); }
  app::Player& player() { return studio_.window().player(); }
  LanesView* view() { return studio_.find<LanesView>("lanes_view"); }

  /// A recording of 12 s, scored to its end and paused at its beginning.
  void open_long() {
    studio_.open(write_clip("long.skeleton", 360));
    ASSERT_TRUE(wait_until([&] { return !lanes().scoring() && lanes().segments().size() == 3; }));
    player().pause();
    player().seek(0.0);
    ASSERT_TRUE(wait_until([&] { return view()->isVisible() && view()->height() > LanesView::kHeadHeight; }));
  }

  QPoint place(double seconds, double y) { return {static_cast<int>(view()->x_of(seconds)), static_cast<int>(y)}; }
  void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(&studio_.window(), key, modifiers);
  }

  Studio studio_;
};

TEST_F(LanesGui, ALongRecordingIsScoredToItsEndAndItsSegmentsAreFound) {
  open_long();
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(lanes().segments()[i].label, i);
    EXPECT_NEAR(lanes().segments()[i].begin, kDuration / 3.0 * static_cast<double>(i), 0.6);
    EXPECT_NEAR(lanes().segments()[i].score, 0.8, 0.1);
  }
  EXPECT_EQ(lanes().lanes().size(), 3U);
  EXPECT_EQ(lanes().progress(), 1.0);
  EXPECT_EQ(lanes().track().size(), 41U) << "windows of 2 s each quarter of a second";
}

TEST_F(LanesGui, AShortClipHasNoLanesUntilTheyAreAskedFor) {
  studio_.open(write_clip("short.skeleton", 60));
  EXPECT_FALSE(view()->isVisible());
  EXPECT_FALSE(lanes().scoring());
  key(Qt::Key_O, Qt::ShiftModifier);
  ASSERT_TRUE(wait_until([&] { return view()->isVisible() && lanes().segments().size() == 1; }));
  EXPECT_EQ(lanes().track().size(), 1U);
}

TEST_F(LanesGui, KeysGoFromSegmentToSegmentAndRepeatOne) {
  open_long();
  const auto& segments = lanes().segments();
  key(Qt::Key_Right, Qt::ControlModifier);
  EXPECT_NEAR(player().time(), segments[1].begin, 0.02);
  key(Qt::Key_Right, Qt::ControlModifier);
  EXPECT_NEAR(player().time(), segments[2].begin, 0.02);
  key(Qt::Key_Right, Qt::ControlModifier);
  EXPECT_NEAR(player().time(), segments[2].begin, 0.02) << "there is none behind the last one";
  key(Qt::Key_Left, Qt::ControlModifier);
  EXPECT_NEAR(player().time(), segments[1].begin, 0.02);
  key(Qt::Key_A);
  EXPECT_EQ(player().clock().a(), segments[1].begin);
  EXPECT_EQ(player().clock().b(), segments[1].end);
  ASSERT_TRUE(wait_until([&] {
    return studio_.settled() && studio_.session().recognition()->window.begin == segments[1].begin;
  })) << "the segment is recognised by itself";
  EXPECT_EQ(segments.size(), 3U) << "and the lanes stay";
  studio_.window().commands().run(QStringLiteral("edit.undo"));
  EXPECT_FALSE(player().clock().a());
}

TEST_F(LanesGui, TheMouseSeeksChoosesLabelsAndSegments) {
  open_long();
  const double y = view()->lane_rect(1).center().y();
  QTest::mouseClick(view(), Qt::LeftButton, {}, place(7.0, y));
  EXPECT_NEAR(player().time(), 7.0, 0.05);
  QTest::mouseClick(view(), Qt::LeftButton, {}, QPoint(40, static_cast<int>(y)));
  EXPECT_EQ(studio_.session().label(), 1U);
  EXPECT_NEAR(player().time(), 7.0, 0.05) << "a name is no place in time";
  QTest::mouseDClick(view(), Qt::LeftButton, {}, place(10.0, view()->segments_y()));
  EXPECT_EQ(player().clock().a(), lanes().segments()[2].begin);
  EXPECT_EQ(player().clock().b(), lanes().segments()[2].end);
}

TEST_F(LanesGui, ArrowsChooseLanesAndStepFrames) {
  open_long();
  studio_.session().choose_label(0);
  view()->setFocus();
  QTest::keyClick(view(), Qt::Key_Down);
  EXPECT_EQ(studio_.session().label(), 1U);
  QTest::keyClick(view(), Qt::Key_Up);
  QTest::keyClick(view(), Qt::Key_Up);
  EXPECT_EQ(studio_.session().label(), 0U);
  QTest::keyClick(view(), Qt::Key_Right);
  EXPECT_NEAR(player().time(), 1.0 / 30.0, 1e-6);
}

TEST_F(LanesGui, ATypedLabelIsAnsweredBeforeTheLanesAreDone) {
  open_long();
  studio_.control().recognise_delay = std::chrono::milliseconds(15);
  studio_.type_label(QStringLiteral("jump"));
  ASSERT_TRUE(wait_until([&] { return studio_.settled() && studio_.session().recognition()->labels.size() == 4; }));
  EXPECT_TRUE(lanes().scoring()) << "41 windows take longer than the clip on the screen";
  EXPECT_GT(view()->lane_rect(0).height(), 0.0);
  ASSERT_TRUE(wait_until([&] { return !lanes().scoring() && lanes().segments().size() == 4; }));
  EXPECT_EQ(lanes().track().labels.back(), "jump");
}

TEST_F(LanesGui, ScoringIsStoppedAndWhatWasScoredStays) {
  studio_.control().recognise_delay = std::chrono::milliseconds(30);
  studio_.open(write_clip("long.skeleton", 360));
  ASSERT_TRUE(wait_until([&] { return lanes().scoring() && lanes().progress() > 0.1; }));
  auto* stop = studio_.find<QToolButton>("lanes_stop");
  ASSERT_TRUE(wait_until([&] { return stop->isVisible(); }));
  QTest::mouseClick(stop, Qt::LeftButton);
  EXPECT_FALSE(lanes().scoring());
  EXPECT_FALSE(stop->isVisible());
  EXPECT_TRUE(lanes().track().nearest(6.0));
  const auto& none = lanes().track().none;
  EXPECT_GT(std::count_if(none.begin(), none.end(), [](float value) { return std::isnan(value); }), 5);
  EXPECT_TRUE(wait_until([&] { return !studio_.window().engine().waiting(); }));
  studio_.window().commands().run(QStringLiteral("timeline.score"));
  studio_.control().recognise_delay = std::chrono::milliseconds(0);
  EXPECT_TRUE(wait_until([&] { return !lanes().scoring() && lanes().segments().size() == 3; })) << "and goes on";
}

TEST_F(LanesGui, ALabelHasItsLanesColourInTheTableToo) {
  open_long();
  auto* table = studio_.find<QTreeView>("label_table");
  ASSERT_EQ(table->model()->rowCount(), 3);
  const auto* model = static_cast<const app::LabelModel*>(table->model());
  for (int row = 0; row < 3; ++row) {
    const auto slot = lanes().colour(model->label_of(row));
    ASSERT_TRUE(slot);
    EXPECT_EQ(model->index(row, 0).data(app::LabelModel::kLaneColour).value<QColor>(), app::lane_colour(*slot));
  }
  key(Qt::Key_O);
  EXPECT_FALSE(view()->isVisible());
  EXPECT_FALSE(model->index(0, 0).data(app::LabelModel::kLaneColour).isValid());
  key(Qt::Key_O);
  EXPECT_TRUE(wait_until([&] { return view()->isVisible() && lanes().segments().size() == 3; }));
}

TEST_F(LanesGui, ZoomAndScrollMoveLanesAndStripTogether) {
  open_long();
  auto* strip = studio_.find<app::TimelineStrip>("timeline_strip");
  const auto locked = [&] {
    for (const double time : {0.0, 3.0, 7.5, 12.0}) {
      const int on_strip = strip->mapToGlobal(QPoint(qRound(strip->x_of(time)), 0)).x();
      EXPECT_NEAR(view()->mapToGlobal(QPoint(qRound(view()->x_of(time)), 0)).x(), on_strip, 1) << time;
    }
  };
  locked();
  const QPointF at = place(7.5, view()->lane_rect(0).center().y());
  const auto wheel = [&](int delta, Qt::KeyboardModifiers modifiers) {
    QWheelEvent event(at, view()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(view(), &event);
  };
  const double before = view()->x_of(7.5);
  wheel(120, Qt::ControlModifier);
  wheel(120, Qt::ControlModifier);
  EXPECT_LT(strip->axis().span, 8.0);
  EXPECT_NEAR(view()->x_of(7.5), before, 2.0) << "what is under the pointer stays there";
  locked();
  wheel(-120, Qt::ShiftModifier);
  EXPECT_LT(view()->x_of(7.5), before - 10.0);
  locked();
  player().seek(0.5);
  EXPECT_GE(strip->x_of(0.5), 0.0) << "the part that is shown follows the playhead";
  locked();
  key(Qt::Key_0, Qt::ControlModifier);
  EXPECT_EQ(strip->axis().span, kDuration);
  wheel(120, Qt::NoModifier);
  EXPECT_NEAR(player().time(), 0.5 + 1.0 / 30.0, 0.02) << "the plain wheel steps";
}

TEST_F(LanesGui, OfManyLabelsAFewHaveLanesAndTheChosenOneAlways) {
  std::vector<std::string> labels;
  for (int i = 0; i < 120; ++i) {
    labels.push_back("an action with a name that is far too long for its place, number " + std::to_string(i));
  }
  studio_.set_labels(labels);
  studio_.open(write_clip("long.skeleton", 360));
  ASSERT_TRUE(wait_until([&] { return !lanes().scoring() && lanes().progress() == 1.0; }));
  EXPECT_GE(lanes().lanes().size(), 3U);
  EXPECT_LE(lanes().lanes().size(), 8U);
  studio_.session().choose_label(119);
  ASSERT_TRUE(
      wait_until([&] { return std::ranges::find(lanes().lanes(), 119U, &app::Lane::label) != lanes().lanes().end(); }));
  std::set<int> colours;
  for (const app::Lane& lane : lanes().lanes()) colours.insert(lane.colour);
  EXPECT_EQ(colours.size(), lanes().lanes().size()) << "each its own";
}

TEST_F(LanesGui, ALiveSourceHasLanesAsItsWindowsCome) {
  const auto file = write_clip("watched.skeleton", 300);
  studio_.window().connect_source(QStringLiteral("replay:") + QString::fromStdString(file.string()) +
                                  QStringLiteral("?speed=2"));
  ASSERT_TRUE(wait_until([&] { return studio_.session().live() && lanes().track().size() >= 4; }, 30000));
  EXPECT_TRUE(view()->isVisible());
  EXPECT_FALSE(lanes().scoring());
  EXPECT_EQ(lanes().lanes().size(), 3U);
  EXPECT_TRUE(lanes().segments().empty());
  const core::ScoreTrack& track = lanes().track();
  EXPECT_NEAR(track.times.back() - lanes().offset(), studio_.session().clip()->duration(), 1.5)
      << "the newest window stands at the right";
}

}  // namespace
}  // namespace purlscope::test
