// Sessions in the window: saved and opened with keys and mouse.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAction>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <fstream>
#include <random>

#include "app/studio/commands/command_table.h"
#include "app/studio/document/document_file.h"
#include "app/studio/document/session_keeper.h"
#include "app/studio/live/live_session.h"
#include "app/studio/panels/attention/attention_panel.h"
#include "app/studio/session/player.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/widgets/notice.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;

void press(Studio& studio, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  QTest::keyClick(&studio.window(), key, modifiers);
}

bool is_saved(Studio& studio, const fs::path& file) {
  return wait_until([&] {
    return fs::exists(file) && studio.window().keeper().file() == file && !studio.window().keeper().modified();
  });
}

void save_as(Studio& studio, const fs::path& file) {
  press(studio, Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
  save_in_dialog(studio, file);
  ASSERT_TRUE(is_saved(studio, file));
}

bool open_session(Studio& studio, const fs::path& file) {
  bool done = false;
  const auto connection =
      QObject::connect(&studio.window().keeper(), &app::SessionKeeper::restored, [&] { done = true; });
  studio.window().open_paths({file});
  const bool good = wait_until([&] { return done; });
  QObject::disconnect(connection);
  return good;
}

app::AttentionPanel& attention(Studio& studio) {
  return *static_cast<app::AttentionPanel*>(studio.find<QWidget>("attention_panel"));
}

TEST(StudioSessionGui, EverythingIsAsBeforeWhenASessionIsOpenedAgain) {
  const fs::path file = temp_dir() / "all.purl";
  const fs::path clip = write_clip("kept.skeleton", 90, 2);
  std::string saved;
  render::Camera camera;
  {
    Studio studio;
    studio.open(clip, false);
    studio.type_label("wave");
    studio.type_label("draw a circle");
    ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
    studio.session().edit_sentence(0, 1, "the right hand waves");
    studio.session().choose_label(0);
    studio.window().view().viewport()->setFocus();
    press(studio, Qt::Key_2, Qt::AltModifier);  // the sentence "hands"
    studio.session().choose_person(1);
    studio.window().player().pause();
    studio.window().player().seek(1.0);
    press(studio, Qt::Key_BracketLeft);
    studio.window().player().seek(2.0);
    press(studio, Qt::Key_BracketRight);
    studio.window().player().seek(1.5);
    press(studio, Qt::Key_Minus);
    press(studio, Qt::Key_3);
    press(studio, Qt::Key_G);
    press(studio, Qt::Key_T);
    press(studio, Qt::Key_S);
    studio.window().commands().run("show.map.magma");
    attention(studio).set_choice({true, true});
    studio.window().commands().run("view.dock.library");
    camera = studio.window().view().viewport()->camera();
    save_as(studio, file);
    EXPECT_TRUE(studio.window().windowTitle().contains("all.purl")) << studio.window().windowTitle().toStdString();
    EXPECT_FALSE(studio.window().isWindowModified());
    std::ifstream in(file);
    saved.assign(std::istreambuf_iterator<char>(in), {});
    studio.window().commands().run("view.reset_layout");
    studio.window().keeper().save(temp_dir() / "other.purl");
  }
  Studio studio;
  studio.set_labels({"something else"});
  studio.open(write_clip("another.skeleton"), false);
  ASSERT_TRUE(open_session(studio, file));
  EXPECT_FALSE(studio.window().banner().isVisible()) << studio.window().banner().text().toStdString();
  const app::Session& session = studio.session();
  EXPECT_EQ(session.clip()->name, "kept.skeleton");
  ASSERT_EQ(session.labels().labels.size(), 2U);
  EXPECT_EQ(session.labels().labels[0].sentences[1].text, "the right hand waves");
  EXPECT_TRUE(session.edited(0));
  EXPECT_EQ(session.choice().label, 0U);
  EXPECT_EQ(session.sentence(), 1U);
  EXPECT_EQ(session.person(), 1);
  const app::PlaybackClock& clock = studio.window().player().clock();
  EXPECT_FALSE(clock.playing());
  EXPECT_DOUBLE_EQ(clock.time(), 1.5);
  EXPECT_EQ(clock.a(), 1.0);
  EXPECT_EQ(clock.b(), 2.0);
  EXPECT_DOUBLE_EQ(clock.speed(), 0.5);
  EXPECT_EQ(studio.window().view().preset(), render::ViewPreset::side);
  EXPECT_EQ(studio.window().view().viewport()->camera().view(), camera.view());
  EXPECT_FALSE(session.display().floor);
  EXPECT_TRUE(session.display().trail);
  EXPECT_EQ(session.display().colour_map, "magma");
  EXPECT_TRUE(attention(studio).choice().over_time);
  EXPECT_TRUE(studio.find<QDockWidget>("library")->isHidden());
  EXPECT_FALSE(studio.window().keeper().check()) << "nothing has changed";
  ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
  EXPECT_EQ(session.label(), 0U) << "the choice outlives the first scores";
  press(studio, Qt::Key_S, Qt::ControlModifier);
  ASSERT_TRUE(wait_until([&] {
    std::ifstream in(file);
    return std::string(std::istreambuf_iterator<char>(in), {}) == saved;
  })) << "saved again it is the same file";
  studio.window().commands().run("view.reset_layout");
  app::Display plain;
  studio.session().set_display(plain);
  press(studio, Qt::Key_S);
}

TEST(StudioSessionGui, ChangesAreMarkedAndAskedAboutOnClosing) {
  const fs::path file = temp_dir() / "marked.purl";
  Studio studio;
  studio.open(write_clip("marked.skeleton"), false);
  studio.type_label("wave");
  save_as(studio, file);
  studio.window().player().seek(0.5);
  EXPECT_FALSE(studio.window().keeper().check()) << "looking is no change";
  studio.type_label("kick");
  ASSERT_TRUE(wait_until([&] { return studio.window().isWindowModified(); }));
  const auto question = [&] { return studio.window().findChild<QMessageBox*>(QStringLiteral("save_question")); };

  studio.window().close();
  ASSERT_NE(question(), nullptr);
  EXPECT_TRUE(studio.window().isVisible());
  QTest::mouseClick(question()->button(QMessageBox::Cancel), Qt::LeftButton);
  ASSERT_TRUE(wait_until([&] { return question() == nullptr; }));
  EXPECT_TRUE(studio.window().isVisible());

  studio.window().close();
  ASSERT_NE(question(), nullptr);
  QTest::mouseClick(question()->button(QMessageBox::Save), Qt::LeftButton);
  ASSERT_TRUE(wait_until([&] { return !studio.window().isVisible(); }));
  EXPECT_EQ(app::load_document(file).document.labels.labels.size(), 2U);
}

TEST(StudioSessionGui, UndoTakesTheMarkOfAChangeBack) {
  Studio studio;
  studio.open(write_clip("undone.skeleton"), false);
  save_as(studio, temp_dir() / "undone.purl");
  studio.type_label("wave");
  EXPECT_TRUE(studio.window().keeper().check());
  studio.window().view().viewport()->setFocus();
  press(studio, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_FALSE(studio.window().keeper().check());
}

TEST(StudioSessionGui, NobodyIsAskedWhoNeverSavedOne) {
  Studio studio;
  studio.open(write_clip("unnamed.skeleton"), false);
  studio.type_label("wave");
  studio.window().close();
  EXPECT_FALSE(studio.window().isVisible());
}

TEST(StudioSessionGui, ADroppedSessionOpensAndWhatIsMissingIsTold) {
  const fs::path file = write_file("dropped.purl", R"({"purlscope": "session", "version": 1,
      "sources": {"clip": "gone.skeleton", "files": ["gone.skeleton"]},
      "labels": [{"text": "wave", "sentences": []}], "display": {"colour_map": "no such map"}, "playback": {"speed": 2}})");
  Studio studio;
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
  QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&studio.window(), &enter);
  QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&studio.window(), &drop);
  const app::Banner& banner = studio.window().banner();
  ASSERT_TRUE(wait_until([&] { return banner.text().contains("dropped.purl"); })) << banner.text().toStdString();
  for (const char* key : {"labels[0].sentences", "display.colour_map", "sources.clip"}) {
    EXPECT_TRUE(banner.text().contains(key)) << key;
  }
  EXPECT_EQ(studio.session().labels().labels.size(), 1U);
  EXPECT_DOUBLE_EQ(studio.window().player().clock().speed(), 2.0);
  EXPECT_EQ(studio.session().display().colour_map, "viridis");
  EXPECT_TRUE(studio.window().keeper().modified()) << "the file holds something else than what is shown";
}

TEST(StudioSessionGui, ADamagedFileLeavesWhatIsOpen) {
  Studio studio;
  studio.open(write_clip("stays.skeleton"), false);
  studio.window().open_paths({write_file("noise.purl", "\x01\x02 noise")});
  ASSERT_TRUE(wait_until([&] { return studio.window().banner().text().contains("noise.purl"); }));
  EXPECT_EQ(studio.session().clip()->name, "stays.skeleton");
  EXPECT_TRUE(studio.window().keeper().file().empty());
}

TEST(StudioSessionGui, ALiveSourceIsConnectedByAClickAlone) {
  const fs::path clip = write_clip("replayed.skeleton", 300);
  const fs::path file = write_file("live.purl", R"({"purlscope": "session", "version": 1,
      "sources": {"live": "replay:)" + clip.string() +
                                                    R"("}})");
  Studio studio;
  ASSERT_TRUE(open_session(studio, file));
  auto* notice = studio.find<app::Notice>("live_notice");
  ASSERT_TRUE(notice->isVisible());
  EXPECT_TRUE(notice->text().contains("replayed.skeleton")) << notice->text().toStdString();
  EXPECT_FALSE(studio.window().live().connected());
  EXPECT_FALSE(studio.window().keeper().check());
  QTest::mouseClick(notice->findChild<QToolButton*>("notice_yes"), Qt::LeftButton);
  EXPECT_TRUE(studio.window().live().connected());
  EXPECT_FALSE(notice->isVisible());
  EXPECT_FALSE(studio.window().keeper().check()) << "it is the session's own source";
}

TEST(StudioSessionGui, NewSessionBeginsWithoutAnything) {
  Studio studio;
  studio.open(write_clip("old.skeleton"), false);
  studio.type_label("wave");
  studio.window().view().viewport()->setFocus();
  press(studio, Qt::Key_N, Qt::ControlModifier);
  EXPECT_EQ(studio.session().clip(), nullptr);
  EXPECT_TRUE(studio.session().labels().labels.empty());
  EXPECT_TRUE(studio.window().keeper().file().empty());
  EXPECT_EQ(studio.window().windowTitle(), "Purlscope");
}

TEST(StudioSessionGui, RecentFilesThatAreGoneAreGreyAndSaySo) {
  Studio studio;
  const fs::path here = write_clip("here.skeleton");
  const fs::path gone = write_clip("gone_later.skeleton");
  studio.open(gone, false);
  studio.open(here, false);
  fs::remove(gone);
  QMenu* recent = nullptr;
  for (QMenu* menu : studio.window().findChildren<QMenu*>()) {
    if (menu->title() == "Open recent") recent = menu;
  }
  ASSERT_NE(recent, nullptr);
  Q_EMIT recent->aboutToShow();
  const auto entry = [&](const char* name) {
    for (QAction* action : recent->actions()) {
      if (action->text().contains(name)) return action;
    }
    return static_cast<QAction*>(nullptr);
  };
  ASSERT_NE(entry("gone_later"), nullptr);
  ASSERT_TRUE(wait_until([&] { return !entry("gone_later")->isEnabled(); }));
  EXPECT_TRUE(entry("gone_later")->text().contains("not found"));
  EXPECT_TRUE(entry("here.skeleton")->isEnabled());
  entry("Clear")->trigger();
  Q_EMIT recent->aboutToShow();
  EXPECT_EQ(entry("here.skeleton"), nullptr);
}

TEST(StudioSessionGui, DamagedSessionsLeaveAUsableWindow) {
  const fs::path clip = write_clip("usable.skeleton");
  const fs::path good = temp_dir() / "usable.purl";
  Studio studio;
  studio.open(clip, false);
  studio.set_labels({"wave", "kick"});
  save_as(studio, good);
  std::ifstream in(good);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  ASSERT_FALSE(text.empty());
  std::mt19937 random(7);
  for (int i = 0; i < 8; ++i) {
    std::string bad = text;
    for (int flips = 0; flips < 12; ++flips) bad[random() % bad.size()] = static_cast<char>(random() % 256);
    bool answered = false;
    const auto yes = [&] { answered = true; };
    QObject::connect(&studio.window().keeper(), &app::SessionKeeper::restored, &studio.window(), yes,
                     Qt::SingleShotConnection);
    QObject::connect(&studio.window().keeper(), &app::SessionKeeper::failed, &studio.window(), yes,
                     Qt::SingleShotConnection);
    studio.window().keeper().open(write_file("bad.purl", bad));
    ASSERT_TRUE(wait_until([&] { return answered; })) << i;
  }
  studio.window().keeper().start_new();
  studio.open(clip, false);
  studio.window().commands().run("view.reset_layout");
  EXPECT_TRUE(studio.window().view().isVisible());
  EXPECT_GT(studio.window().view().width(), 200);
}

}  // namespace
}  // namespace purlscope::test
