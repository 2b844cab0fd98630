// What opening files, folders and clips does to the rest of the window.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDragLeaveEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QUrl>
#include <sstream>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/labels/label_model.h"
#include "app/studio/panels/library/library_model.h"
#include "app/studio/panels/timeline/timeline_strip.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/banner.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;

TEST(StudioSeveralGui, AllFilesAreListedAndTheFirstIsShown) {
  Studio studio;
  const std::vector<fs::path> files{write_clip("first.skeleton"), write_clip("second.skeleton"),
                                    write_clip("third.skeleton")};
  studio.window().open_paths(files);
  studio.window().open_bundled();
  ASSERT_TRUE(wait_until([&] { return studio.session().clip() != nullptr; }));
  EXPECT_EQ(studio.session().clip()->name, "first.skeleton");
  const auto* list = studio.find<QAbstractItemView>("library_list");
  ASSERT_EQ(list->model()->rowCount(), 3);
  EXPECT_EQ(list->model()->index(2, 0).data(app::LibraryModel::kPath).toString().toStdString(), files[2].string());
  EXPECT_EQ(list->currentIndex().row(), 0);
}

TEST(StudioSeveralGui, FolderAloneShowsItsOwnFirstClip) {
  const fs::path folder = temp_dir() / "only_folder";
  fs::create_directories(folder);
  fs::copy_file(write_clip("S001C001P001R001A023.skeleton"), folder / "S001C001P001R001A023.skeleton",
                fs::copy_options::overwrite_existing);
  Studio studio;
  studio.window().open_paths({folder});
  studio.window().open_bundled();
  ASSERT_TRUE(wait_until([&] { return studio.session().clip() != nullptr; }));
  EXPECT_EQ(studio.session().clip()->name, "S001C001P001R001A023.skeleton");
}

TEST(StudioSeveralGui, FolderOfFramesIsOneRecording) {
  const fs::path folder = temp_dir() / "openpose";
  fs::create_directories(folder);
  for (int frame = 0; frame < 3; ++frame) {
    std::string numbers;
    for (int joint = 0; joint < 25; ++joint) {
      numbers += fmt::format("{}{},{},0.9", joint == 0 ? "" : ",", 100 + 7 * (joint % 5) + frame, 50 + 12 * joint);
    }
    write_file(fmt::format("openpose/walk_00000000000{}_keypoints.json", frame),
               fmt::format(R"({{"people":[{{"person_id":[-1],"pose_keypoints_2d":[{}]}}]}})", numbers));
  }
  Studio studio;
  studio.window().open_paths({folder});
  ASSERT_TRUE(wait_until([&] { return studio.session().clip() != nullptr; }));
  EXPECT_EQ(studio.session().clip()->frames, 3U);
  EXPECT_EQ(studio.session().clip()->layout->id, "body25");
  EXPECT_EQ(studio.find<QAbstractItemView>("library_list")->model()->rowCount(), 1);
}

TEST(StudioDropGui, FrameShowsWhileFilesAreDraggedAndFieldsTakeNone) {
  Studio studio;
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/a.skeleton"))});
  auto* frame = studio.find<QWidget>("drop_frame");
  EXPECT_FALSE(frame->isVisible());
  QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&studio.window(), &enter);
  EXPECT_TRUE(frame->isVisible());
  EXPECT_EQ(frame->size(), studio.window().size());
  QDragLeaveEvent leave;
  QApplication::sendEvent(&studio.window(), &leave);
  EXPECT_FALSE(frame->isVisible());
  for (const char* name : {"label_line", "library_search"}) EXPECT_FALSE(studio.find<QLineEdit>(name)->acceptDrops());
  auto* sentence = studio.find<QPlainTextEdit>("sentence_head");
  EXPECT_FALSE(sentence->acceptDrops());
  EXPECT_FALSE(sentence->viewport()->acceptDrops());
}

TEST(StudioClipGui, PersonCanBeChosenOutsideTheView) {
  Studio studio;
  studio.set_labels({"wave"});
  auto* chooser = studio.find<QComboBox>("input_person");
  EXPECT_TRUE(chooser->isHidden());
  studio.open(write_clip("pair.skeleton", 45, 2));
  ASSERT_TRUE(chooser->isVisible());
  ASSERT_EQ(chooser->count(), 3);
  chooser->setFocus();
  QTest::keyClick(chooser, Qt::Key_Down);
  QTest::keyClick(chooser, Qt::Key_Down);
  EXPECT_EQ(studio.session().person(), 1);
  EXPECT_EQ(studio.find<QComboBox>("person_chooser")->currentIndex(), 2) << "both choosers agree";
}

TEST(StudioClipGui, PresetOutlivesAChangeOfClip) {
  Studio studio;
  studio.open(write_clip("preset1.skeleton"), false);
  QTest::keyClick(&studio.window(), Qt::Key_3);
  ASSERT_EQ(studio.window().view().preset(), render::ViewPreset::side);
  studio.open(write_clip("preset2.skeleton"), false);
  EXPECT_EQ(studio.window().view().preset(), render::ViewPreset::side);
}

TEST(StudioClipGui, ClipWithoutAnyJointIsToldInPlainWords) {
  std::ostringstream out;
  out << "20\n";
  for (int frame = 0; frame < 20; ++frame) {
    out << "1\n72057594037930000 0 1 1 1 1 0 0.0 0.0 2\n25\n";
    for (int joint = 0; joint < 25; ++joint) out << "0 0 0 0 0 0 0 0 0 0 0 0\n";
  }
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_file("nobody.skeleton", out.str()), false);
  const app::Banner& banner = studio.window().banner();
  ASSERT_TRUE(wait_until([&] { return banner.isVisible(); }));
  EXPECT_TRUE(banner.text().contains("nobody to recognise")) << banner.text().toStdString();
  EXPECT_EQ(studio.control().recognise_calls, 0);
}

TEST(StudioClipGui, HeldPlayheadStandsStillAndPlaysOnAfterwards) {
  Studio studio;
  studio.open(write_clip("held.skeleton", 900), false);
  app::Player& player = studio.window().player();
  ASSERT_TRUE(player.playing());
  auto* strip = studio.find<app::TimelineStrip>("timeline_strip");
  QTest::mousePress(strip, Qt::LeftButton, {}, QPoint(strip->width() / 2, strip->height() / 2));
  const double held = player.time();
  QTest::qWait(150);
  EXPECT_DOUBLE_EQ(player.time(), held);
  EXPECT_TRUE(player.playing());
  QTest::mouseRelease(strip, Qt::LeftButton, {}, QPoint(strip->width() / 2, strip->height() / 2));
  EXPECT_TRUE(wait_until([&] { return player.time() > held; }));
}

TEST(StudioClipGui, SpeedTellsItsDirection) {
  Studio studio;
  studio.open(write_clip("backwards.skeleton"), false);
  const auto* speed = studio.find<QComboBox>("speed_chooser");
  EXPECT_EQ(speed->currentText(), "1×");
  QTest::keyClick(&studio.window(), Qt::Key_J);
  EXPECT_EQ(speed->currentText(), "−1×");
  QTest::keyClick(&studio.window(), Qt::Key_L);
  EXPECT_EQ(speed->currentText(), "1×");
}

TEST(StudioClipGui, BestLabelsAreInSightAfterEachRecognition) {
  Studio studio;
  std::vector<std::string> many;
  for (int i = 0; i < 40; ++i) many.push_back("action number " + std::to_string(i));
  studio.set_labels(many);
  studio.open(write_clip("many1.skeleton"));
  auto* table = studio.find<QAbstractItemView>("label_table");
  const auto best_in_sight = [&] {
    return table->viewport()->rect().contains(table->visualRect(table->model()->index(0, 0)));
  };
  EXPECT_TRUE(best_in_sight());
  table->scrollToBottom();
  ASSERT_FALSE(best_in_sight());
  studio.open(write_clip("many2.skeleton", 60));
  EXPECT_TRUE(best_in_sight()) << "the best label is the chosen one";
}

TEST(StudioClipGui, BestLabelCanBeFollowedAgain) {
  Studio studio;
  studio.set_labels({"wave", "kick", "jump"});
  studio.open(write_clip("follow.skeleton"));
  const auto best = studio.session().label();
  studio.session().choose_label(*best == 0 ? 1 : 0);
  ASSERT_NE(studio.session().label(), best);
  EXPECT_FALSE(studio.window().commands().action("labels.follow")->isChecked());
  studio.window().commands().run("labels.follow");
  EXPECT_EQ(studio.session().label(), best);
  EXPECT_TRUE(studio.window().commands().action("labels.follow")->isChecked());
}

TEST(StudioClipGui, WithoutLabelsThereAreNoTimings) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("empty_list.skeleton"));
  auto* timings = studio.find<QLabel>("stage_timings");
  ASSERT_FALSE(timings->text().isEmpty());
  studio.session().choose_label(0);
  studio.window().commands().run("labels.remove");
  ASSERT_TRUE(studio.session().labels().labels.empty());
  EXPECT_TRUE(timings->text().isEmpty());
}

}  // namespace
}  // namespace purlscope::test
