// The whole window against stored pictures. After looking at a wanted change,
// `PURLSCOPE_UPDATE_BASELINES=1 xvfb-run -a studio_tests --gtest_filter='StudioPictureGui.*'` stores new ones.
#include <gtest/gtest.h>

#include <QDockWidget>
#include <QProcess>

#include "app/studio/commands/command_table.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "tests/app/studio/window_picture.h"

namespace purlscope::test {
namespace {

class StudioPictureGui : public testing::Test {
 protected:
  void SetUp() override { forget_settings(); }
  void TearDown() override { Studio().window().choose_theme(app::ThemeChoice::dark, false); }
};

TEST_F(StudioPictureGui, Dark) {
  Studio studio;
  show_everything(studio, app::ThemeChoice::dark);
  expect_baseline(picture_of(studio), stored_picture("studio_dark"), kWindowTolerance);
}

TEST_F(StudioPictureGui, Light) {
  Studio studio;
  show_everything(studio, app::ThemeChoice::light);
  expect_baseline(picture_of(studio), stored_picture("studio_light"), kWindowTolerance);
}

/// The panel with clips that were learned from, in the size that a user gives it who looks closely.
TEST_F(StudioPictureGui, Refinement) {
  Studio studio;
  show_everything(studio, app::ThemeChoice::dark);
  studio.window().commands().run("refinement.toggle");
  const auto seen = [&](std::uint64_t windows) {
    return wait_until([&] { return studio.window().refinement().state().windows == windows && studio.settled(); });
  };
  for (std::uint64_t windows = 1; windows <= 6; ++windows) {
    ASSERT_TRUE(seen(windows)) << windows;
    if (windows < 6) studio.window().commands().run("file.next");
  }
  auto* dock = studio.find<QDockWidget>("refinement");
  dock->setFloating(true);
  dock->resize(400, 260);
  for (const char* page : {"bank", "scores"}) {
    studio.window().commands().run(QStringLiteral("refinement.") + page);
    studio.window().view().viewport()->setFocus();
    QTest::qWait(50);
    expect_baseline(picture_of(*dock), stored_picture(std::string("refinement_") + page), kWindowTolerance);
  }
}

/// Qt takes the scale once, at the start of a process: the test of the dark window runs in another one.
TEST_F(StudioPictureGui, DarkOnAScreenOfTwiceThePixels) {
  if (qApp->devicePixelRatio() > 1.5) GTEST_SKIP() << "this is that process";
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("QT_SCALE_FACTOR", "2");
  process.setProcessEnvironment(environment);
  process.setProcessChannelMode(QProcess::MergedChannels);
  process.start(QCoreApplication::applicationFilePath(), {"--gtest_filter=StudioPictureGui.Dark"});
  ASSERT_TRUE(process.waitForFinished(60000));
  EXPECT_EQ(process.exitCode(), 0) << process.readAll().toStdString();
}

TEST_F(StudioPictureGui, ChangesThatAUserSeesAreBeyondTheTolerance) {
  Studio studio;
  show_everything(studio, app::ThemeChoice::dark);
  const render::Image whole = picture_of(studio);
  ASSERT_TRUE(alike(whole, picture_of(studio), kWindowTolerance));
  const auto expect_seen = [&](const char* change) {
    QTest::qWait(100);
    EXPECT_FALSE(alike(whole, picture_of(studio), kWindowTolerance)) << change;
  };

  studio.session().choose_sentence(std::nullopt);
  expect_seen("plain joints");
  studio.session().choose_sentence(core::sentence_index("hands"));
  studio.window().player().seek(0.0);
  expect_seen("the pose of another time");
  studio.window().player().seek(kPictureTime);
  app::Viewport& view = *studio.window().view().viewport();
  const render::Scene scene = view.scene();
  render::Scene nobody = scene;
  nobody.bodies.clear();
  view.set_scene(nobody);
  expect_seen("no skeleton");
  view.set_scene(scene);
  for (QDockWidget* dock : studio.window().findChildren<QDockWidget*>()) {
    if (dock->visibleRegion().isEmpty()) continue;  // until it is asked for, or behind a tab
    dock->hide();
    expect_seen("a panel that is gone");
    dock->show();
  }
  studio.window().resizeDocks({studio.find<QDockWidget>("labels")}, {350}, Qt::Horizontal);
  expect_seen("other widths");
  studio.window().commands().run("view.reset_layout");
  ASSERT_TRUE(wait_until([&] { return alike(whole, picture_of(studio), kWindowTolerance); }, 3000)) << "back again";
  studio.window().choose_theme(app::ThemeChoice::light, false);
  expect_seen("the other theme");
}

}  // namespace
}  // namespace purlscope::test
