// Opening, playing and looking: real mouse and key events.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QUrl>

#include "app/studio/panels/attention/attention_matrix.h"
#include "app/studio/panels/library/library_panel.h"
#include "app/studio/panels/timeline/timeline_strip.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "core/base/paths.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

using app::Viewport;

/// Where a joint of the body drawn last lies in the view, logical pixels.
QPoint joint_position(const Viewport& view, std::size_t joint) {
  const render::Scene& scene = view.scene();
  const glm::vec4 clip = scene.camera.projection(view.aspect()) * scene.camera.view() *
                         glm::vec4(scene.bodies.back().joints.at(joint), 1.0F);
  return {qRound((clip.x / clip.w * 0.5F + 0.5F) * static_cast<float>(view.width())),
          qRound((0.5F - clip.y / clip.w * 0.5F) * static_cast<float>(view.height()))};
}

/// Index of a joint in the layout of the clip.
std::size_t joint_index(Studio& studio, const char* name) {
  return static_cast<std::size_t>(studio.session().clip()->layout->joint(name));
}

QColor colour_at(Studio& studio, std::size_t joint) {
  Viewport* view = studio.window().view().viewport();
  const QImage image = view->grabFramebuffer();
  const double ratio = image.devicePixelRatio();
  return image.pixelColor((QPointF(joint_position(*view, joint)) * ratio).toPoint());
}

TEST(StudioOpenGui, BundledClipIsOpenedAndScoredAtStart) {
  Studio studio;
  studio.window().open_bundled();
  ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
  const auto* table = studio.find<QAbstractItemView>("label_table");
  EXPECT_EQ(table->model()->rowCount(), 6);
  EXPECT_TRUE(table->model()->index(0, 1).data().toString().contains(QLatin1Char('%')));
  EXPECT_GE(studio.find<QAbstractItemView>("library_list")->model()->rowCount(), 6);
  EXPECT_TRUE(studio.session().label().has_value());
  EXPECT_TRUE(studio.session().sentence().has_value());
}

TEST(StudioOpenGui, ClickInTheLibraryOpensThatClip) {
  Studio studio;
  studio.window().open_bundled();
  ASSERT_TRUE(wait_until([&] { return studio.session().clip() != nullptr; }));
  auto* list = studio.find<QAbstractItemView>("library_list");
  const QModelIndex third = list->model()->index(2, 0);
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(third).center());
  const std::string path = third.data(app::LibraryModel::kPath).toString().toStdString();
  EXPECT_TRUE(wait_until([&] { return studio.session().clip()->path == path; }));
}

TEST(StudioOpenGui, DroppedFileIsOpened) {
  Studio studio;
  studio.set_labels({"wave"});
  const auto file = write_clip("dropped.skeleton");
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
  QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&studio.window(), &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&studio.window(), &drop);
  EXPECT_TRUE(wait_until([&] { return studio.settled() && studio.session().clip()->name == "dropped.skeleton"; }));
  EXPECT_TRUE(studio.window().windowTitle().contains("dropped.skeleton"));
}

TEST(StudioOpenGui, SearchKeepsTheMatchingClips) {
  Studio studio;
  studio.window().open_bundled();
  ASSERT_TRUE(wait_until([&] { return studio.session().clip() != nullptr; }));
  auto* list = studio.find<QAbstractItemView>("library_list");
  const QString first = list->model()->index(0, 0).data().toString();
  QTest::keyClick(&studio.window(), Qt::Key_F, Qt::ControlModifier);
  auto* search = studio.find<QLineEdit>("library_search");
  EXPECT_TRUE(search->hasFocus());
  QTest::keyClicks(search, first);
  EXPECT_EQ(list->model()->rowCount(), 1);
  QTest::keyClicks(search, "no such clip");
  EXPECT_EQ(list->model()->rowCount(), 0);
}

TEST(StudioPlaybackGui, SpacePausesAndPlaysByTheClock) {
  Studio studio;
  studio.open(write_clip("play.skeleton", 300), false);
  app::Player& player = studio.window().player();
  ASSERT_TRUE(wait_until([&] { return player.time() > 0.05; }));
  QTest::keyClick(&studio.window(), Qt::Key_Space);
  const double paused = player.time();
  QTest::qWait(200);
  EXPECT_DOUBLE_EQ(player.time(), paused);
  QTest::keyClick(&studio.window(), Qt::Key_Space);
  EXPECT_TRUE(wait_until([&] { return player.time() > paused + 0.1; }));
}

TEST(StudioPlaybackGui, CommaAndDotStepExactlyOneFrame) {
  Studio studio;
  studio.open(write_clip("step.skeleton"), false);
  app::Player& player = studio.window().player();
  QTest::keyClick(&studio.window(), Qt::Key_Home);
  QTest::keyClick(&studio.window(), Qt::Key_K);
  QTest::keyClick(&studio.window(), Qt::Key_Home);
  QTest::keyClick(&studio.window(), Qt::Key_Period);
  QTest::keyClick(&studio.window(), Qt::Key_Period);
  EXPECT_NEAR(player.time(), 2.0 / 30.0, 1e-6);
  QTest::keyClick(&studio.window(), Qt::Key_Comma);
  EXPECT_NEAR(player.time(), 1.0 / 30.0, 1e-6);
}

TEST(StudioPlaybackGui, MouseScrubsTheTimeline) {
  Studio studio;
  studio.open(write_clip("scrub.skeleton", 90), false);
  app::Player& player = studio.window().player();
  player.pause();
  auto* strip = studio.find<app::TimelineStrip>("timeline_strip");
  QTest::mouseClick(strip, Qt::LeftButton, {}, QPoint(qRound(strip->x_of(2.0)), strip->height() / 2));
  EXPECT_NEAR(player.time(), 2.0, 0.02);
  EXPECT_TRUE(studio.find<QLabel>("clock")->text().startsWith("00:0"));
}

TEST(StudioPlaybackGui, BracketsRepeatAPart) {
  Studio studio;
  studio.open(write_clip("ab.skeleton", 90), false);
  app::Player& player = studio.window().player();
  player.pause();
  player.seek(1.0);
  QTest::keyClick(&studio.window(), Qt::Key_BracketLeft);
  player.seek(1.3);
  QTest::keyClick(&studio.window(), Qt::Key_BracketRight);
  player.play();
  for (int i = 0; i < 20; ++i) {
    QTest::qWait(40);
    EXPECT_GE(player.time(), 1.0);
    EXPECT_LE(player.time(), 1.3);
  }
  QTest::keyClick(&studio.window(), Qt::Key_Backslash);
  EXPECT_FALSE(player.clock().a().has_value());
}

TEST(StudioViewGui, ChoosingASentenceColoursTheJointsItLooksAt) {
  Studio studio;
  studio.set_labels({"wave", "kick"});
  studio.open(write_clip("colour.skeleton"));
  Viewport* view = studio.window().view().viewport();
  ASSERT_NE(view, nullptr) << "GUI tests need OpenGL (xvfb-run)";
  studio.window().player().pause();
  studio.window().player().seek(0.0);
  const std::size_t head = joint_index(studio, "head");
  const std::size_t knee = joint_index(studio, "left knee");

  studio.session().choose_sentence(std::nullopt);  // a click on the chosen chip would unchoose it
  QTest::mouseClick(studio.find<QAbstractButton>("chip_head"), Qt::LeftButton);
  const QColor head_by_head = colour_at(studio, head);
  const QColor knee_by_head = colour_at(studio, knee);
  QTest::mouseClick(studio.find<QAbstractButton>("chip_legs"), Qt::LeftButton);
  const QColor head_by_legs = colour_at(studio, head);
  const QColor knee_by_legs = colour_at(studio, knee);

  // Viridis: much attention is yellow (red and green high), little is dark violet.
  EXPECT_GT(head_by_head.green(), head_by_legs.green() + 60);
  EXPECT_GT(knee_by_legs.green(), knee_by_head.green() + 60);
}

TEST(StudioViewGui, ClickOnAJointPinsItAndDraggingOrbits) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("pin.skeleton"));
  Viewport* view = studio.window().view().viewport();
  ASSERT_NE(view, nullptr);
  studio.window().player().pause();
  const std::size_t head = joint_index(studio, "head");
  QTest::mouseMove(view, joint_position(*view, head));
  EXPECT_TRUE(wait_until([&] { return view->scene().hovered.has_value(); }));
  QTest::mouseClick(view, Qt::LeftButton, {}, joint_position(*view, head));
  ASSERT_EQ(studio.session().pins().size(), 1U);
  EXPECT_EQ(studio.session().pins().front().joint, static_cast<int>(head));

  const float yaw = view->camera().yaw;
  QTest::mousePress(view, Qt::LeftButton, {}, QPoint(60, 60));
  QTest::mouseMove(view, QPoint(120, 60));
  QTest::mouseMove(view, QPoint(180, 60));
  QTest::mouseRelease(view, Qt::LeftButton, {}, QPoint(180, 60));
  EXPECT_NE(view->camera().yaw, yaw);
  EXPECT_EQ(studio.session().pins().size(), 1U) << "a drag is no click";
  QTest::keyClick(&studio.window(), Qt::Key_R);
  EXPECT_FLOAT_EQ(view->camera().yaw, yaw);
}

TEST(StudioViewGui, CellOfTheMatrixChoosesItsSentenceAndPinsItsJoint) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("matrix.skeleton"));
  auto* matrix = studio.find<app::AttentionMatrix>("attention_matrix");
  ASSERT_EQ(matrix->data().rows.size(), 8U);
  const auto& columns = matrix->data().columns;
  const auto knee = std::find(columns.begin(), columns.end(), QString("left knee"));
  ASSERT_NE(knee, columns.end());
  const auto column = static_cast<std::size_t>(knee - columns.begin());
  QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cell_rect({3, column}).center().toPoint());
  EXPECT_EQ(studio.session().sentence(), 3U);
  ASSERT_EQ(studio.session().pins().size(), 1U);
  EXPECT_EQ(studio.session().pins().front().joint, static_cast<int>(joint_index(studio, "left knee")));
}

TEST(StudioViewGui, MatrixRowsAddUpToOneOverTheWholeClip) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("sum.skeleton"));
  const app::MatrixData& data = studio.find<app::AttentionMatrix>("attention_matrix")->data();
  for (std::size_t row = 0; row < data.rows.size(); ++row) {
    float sum = 0.0F;
    for (std::size_t c = 0; c < data.columns.size(); ++c) sum += data.values[row * data.columns.size() + c];
    EXPECT_NEAR(sum, 1.0F, 1e-4F);
  }
}

TEST(StudioViewGui, NothingIsDrawnWhilePausedAndUntouched) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("quiet.skeleton"));
  Viewport* view = studio.window().view().viewport();
  ASSERT_NE(view, nullptr);
  studio.window().player().pause();
  QTest::qWait(300);
  int frames = 0;
  QObject::connect(view, &QOpenGLWidget::aboutToCompose, view, [&] { ++frames; });
  int asked = 0;
  QObject::connect(view, &Viewport::frame_requested, view, [&] { ++asked; });
  QTest::qWait(500);
  EXPECT_EQ(asked, 0);
  EXPECT_LE(frames, 1);
}

}  // namespace
}  // namespace purlscope::test
