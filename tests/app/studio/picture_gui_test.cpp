// The whole window against stored pictures. After looking at a wanted change,
// `PURLSCOPE_UPDATE_BASELINES=1 xvfb-run -a studio_tests --gtest_filter='StudioPictureGui.*'` stores new ones.
#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QCursor>
#include <QDockWidget>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QProcess>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/library/library_model.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "core/base/paths.h"
#include "tests/app/studio/support.h"
#include "tests/render/picture.h"
#include "tests/support/source_dir.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;

constexpr QSize kWindow{1440, 900};  // logical pixels
constexpr int kReduction = 2;        // logical pixels in one of the stored picture
constexpr double kTime = 0.8;        // seconds: the hand of the clip is up
/// Full hinting of the fonts, or another sans serif font than Inter, make up to 0.0094 and 0.149.
constexpr PictureTolerance kTolerance{.mean = 0.010, .tile = 0.16};

/// Settings that an earlier test of this process may have left.
void forget_settings() { QFile::remove(QString::fromStdString((core::user_config_dir() / "studio.ini").string())); }

bool thumbnails_are_there(Studio& studio) {
  const auto* model = studio.find<QAbstractItemView>("library_list")->model();
  for (int row = 0; row < model->rowCount(); ++row) {
    const QVariant summary = model->index(row, 0).data(app::LibraryModel::kSummary);
    if (!summary.value<std::shared_ptr<const app::ClipSummary>>()) return false;
  }
  return model->rowCount() > 0;
}

/// A clip at a fixed time, a label and a sentence: everything that a user sees most of the time.
void show_everything(Studio& studio, app::ThemeChoice theme) {
  QCursor::setPos(0, 0);  // nothing is hovered
  studio.window().choose_theme(theme, false);
  studio.window().resize(kWindow);
  studio.window().open_bundled();
  ASSERT_TRUE(wait_until([&] { return studio.settled() && thumbnails_are_there(studio); }));
  studio.window().commands().run("view.reset_layout");
  studio.session().choose_label(1);
  studio.session().choose_sentence(core::sentence_index("hands"));
  studio.window().player().pause();
  studio.window().player().seek(kTime);
  QTest::qWait(100);  // bars and the first frames
}

/// The times that this machine takes are the same in every picture.
void hide_measurements(Studio& studio) {
  studio.find<QLabel>("stage_timings")->setText("prepare 1.0   backbone 9.0   text 0.0   attention 0.5   total 11 ms");
  studio.find_role("answer_time")->setText("scored in 12 ms");
  studio.find<QLabel>("draw_rate")->setText("dropped 0");
}

render::Image picture_of(QWidget& widget) {
  const QImage grabbed = widget.grab().toImage().convertToFormat(QImage::Format_RGBA8888);
  render::Image image{grabbed.width(), grabbed.height(), {}};
  for (int y = 0; y < grabbed.height(); ++y) {
    image.rgba.insert(image.rgba.end(), grabbed.constScanLine(y), grabbed.constScanLine(y) + 4 * grabbed.width());
  }
  return shrunk(image, qRound(kReduction * grabbed.devicePixelRatio()));
}

render::Image picture_of(Studio& studio) {
  hide_measurements(studio);
  studio.window().view().viewport()->setFocus();  // a panel that hides gives the focus away
  QCoreApplication::processEvents();
  return picture_of(studio.window());
}

fs::path stored(const std::string& name) {
  const bool doubled = qApp->devicePixelRatio() > 1.5;
  return source_dir() / "tests/app/studio/baselines" / (name + (doubled ? "_200.png" : ".png"));
}

class StudioPictureGui : public testing::Test {
 protected:
  void SetUp() override { forget_settings(); }
  void TearDown() override { Studio().window().choose_theme(app::ThemeChoice::dark, false); }
};

TEST_F(StudioPictureGui, Dark) {
  Studio studio;
  show_everything(studio, app::ThemeChoice::dark);
  expect_baseline(picture_of(studio), stored("studio_dark"), kTolerance);
}

TEST_F(StudioPictureGui, Light) {
  Studio studio;
  show_everything(studio, app::ThemeChoice::light);
  expect_baseline(picture_of(studio), stored("studio_light"), kTolerance);
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
    expect_baseline(picture_of(*dock), stored(std::string("refinement_") + page), kTolerance);
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
  ASSERT_TRUE(alike(whole, picture_of(studio), kTolerance));
  const auto expect_seen = [&](const char* change) {
    QTest::qWait(100);
    EXPECT_FALSE(alike(whole, picture_of(studio), kTolerance)) << change;
  };

  studio.session().choose_sentence(std::nullopt);
  expect_seen("plain joints");
  studio.session().choose_sentence(core::sentence_index("hands"));
  studio.window().player().seek(0.0);
  expect_seen("the pose of another time");
  studio.window().player().seek(kTime);
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
  ASSERT_TRUE(wait_until([&] { return alike(whole, picture_of(studio), kTolerance); }, 3000)) << "back again";
  studio.window().choose_theme(app::ThemeChoice::light, false);
  expect_seen("the other theme");
}

}  // namespace
}  // namespace purlscope::test
