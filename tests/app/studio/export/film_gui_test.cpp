// Videos of the view, from the real window.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QDialog>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <opencv2/videoio.hpp>

#include "app/studio/commands/command_table.h"
#include "app/studio/export/exporter.h"
#include "app/studio/session/player.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/banner.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;

void prepare(Studio& studio, int frames) {
  studio.set_labels({"wave", "throw"});
  studio.open(write_clip("filmed.skeleton", frames));
  studio.window().player().pause();
}

struct Size {
  int width, height;
};

void ask_for_film(Studio& studio, const Size& size, int rate, const fs::path& file) {
  ASSERT_TRUE(studio.window().commands().run("export.film"));
  auto* dialog = studio.find<QDialog>("film_dialog");
  dialog->findChild<QSpinBox*>("size_width")->setValue(size.width);
  dialog->findChild<QSpinBox*>("size_height")->setValue(size.height);
  dialog->findChild<QSpinBox*>("film_rate")->setValue(rate);
  QTest::mouseClick(dialog->findChild<QPushButton*>("shot_save"), Qt::LeftButton);
  save_in_dialog(studio, file);
}

bool idle(Studio& studio) {
  return wait_until([&] { return !studio.window().exporter().film()->busy(); }, 60000);
}

TEST(StudioFilmGui, VideoShowsTheMarkedPartInTheWishedSize) {
  Studio studio;
  prepare(studio, 90);
  studio.window().player().set_part(1.0, 2.0);
  const fs::path file = temp_dir() / "marked.mp4";
  ask_for_film(studio, {320, 241}, 12, file);
  EXPECT_TRUE(studio.find<QWidget>("film_status")->isVisible());
  ASSERT_TRUE(idle(studio));
  EXPECT_FALSE(studio.find<QWidget>("film_status")->isVisible());
  cv::VideoCapture film(file.string());
  ASSERT_TRUE(film.isOpened()) << studio.window().banner().text().toStdString();
  EXPECT_EQ(film.get(cv::CAP_PROP_FRAME_WIDTH), 320);
  EXPECT_EQ(film.get(cv::CAP_PROP_FRAME_HEIGHT), 242) << "MP4 has even sides";
  EXPECT_EQ(film.get(cv::CAP_PROP_FPS), 12);
  cv::Mat frame;
  int frames = 0;
  while (film.read(frame)) ++frames;
  EXPECT_EQ(frames, 12);
}

/// The view draws on while the film is made, and a film that is cancelled leaves nothing behind.
TEST(StudioFilmGui, CancellingLeavesNoFileAndTheViewIsAlive) {
  Studio studio;
  prepare(studio, 900);
  const fs::path folder = temp_dir() / "cancelled";
  fs::create_directories(folder);
  int steps = 0;
  QObject::connect(studio.window().exporter().film(), &app::FilmJob::progressed, [&] { ++steps; });
  ask_for_film(studio, {640, 480}, 50, folder / "long.gif");
  ASSERT_TRUE(wait_until([&] { return steps > 1; }, 60000));
  EXPECT_FALSE(studio.window().commands().run("export.film")) << "one at a time";
  int swaps = 0;
  QObject::connect(studio.window().view().viewport(), &QOpenGLWidget::frameSwapped, [&] { ++swaps; });
  studio.window().player().seek(1.0);
  EXPECT_TRUE(wait_until([&] { return swaps > 0; }));
  QTest::mouseClick(studio.find<QToolButton>("film_cancel"), Qt::LeftButton);
  ASSERT_TRUE(idle(studio));
  EXPECT_TRUE(fs::is_empty(folder));
  EXPECT_TRUE(studio.window().banner().text().isEmpty()) << studio.window().banner().text().toStdString();
}

TEST(StudioFilmGui, AFolderThatIsNotThereIsTold) {
  Studio studio;
  prepare(studio, 30);
  ask_for_film(studio, {320, 240}, 10, temp_dir() / "gone/film.mp4");
  ASSERT_TRUE(idle(studio));
  EXPECT_TRUE(wait_until([&] { return studio.window().banner().text().contains("the folder does not exist"); }))
      << studio.window().banner().text().toStdString();
}

}  // namespace
}  // namespace purlscope::test
