// Recordings of real sessions, one for each thing that people do here, played in the window.
// How they were made: tests/app/studio/recordings/README.md.
#include <gtest/gtest.h>

#include <QDialog>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>

#include "app/studio/interaction.h"
#include "app/studio/language/language.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/replay/interaction_player.h"
#include "app/studio/replay/interaction_recorder.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/dock.h"
#include "tests/app/studio/window_picture.h"
#include "tests/support/source_dir.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;

constexpr app::ReplayPace kQuick{.speed = 1000, .patience_ms = 20000};

/// Plays a recording to its end. @return what stopped it; empty when nothing did
QString play(Studio& studio, const fs::path& file, app::ReplayPace pace = kQuick) {
  app::InteractionPlayer player(
      app::read_interactions(file), [&] { return app::at_rest(studio.window()); }, pace);
  bool ended = false;
  QString trouble;
  QObject::connect(&player, &app::InteractionPlayer::finished, [&] { ended = true; });
  QObject::connect(&player, &app::InteractionPlayer::failed, [&](const QString& text) {
    trouble = text;
    ended = true;
    for (QWidget* window : QApplication::topLevelWidgets()) {  // one that was opened keeps the test from going on
      if (auto* dialog = qobject_cast<QDialog*>(window)) dialog->reject();
    }
  });
  player.start(studio.window());
  return wait_until([&] { return ended; }, 60000) ? trouble : QStringLiteral("it never ended");
}

fs::path recording(const std::string& name) { return source_dir() / "tests/app/studio/recordings" / (name + ".jsonl"); }

std::string shown_clip(Studio& studio) { return studio.session().clip() ? studio.session().clip()->name : ""; }

std::string chosen_label(Studio& studio) {
  const auto label = studio.session().label();
  return label ? studio.session().labels().labels[*label].text : "";
}

void expect_picture(Studio& studio, const std::string& name) {
  studio.window().player().pause();
  studio.window().player().seek(kPictureTime);
  ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
  QTest::qWait(100);
  expect_baseline(picture_of(studio), stored_picture(name), kWindowTolerance);
}

/// The same recordings in a window of another size, theme and language.
struct Circumstances {
  const char* name;
  bool usual;
};
constexpr Circumstances kUsual{"Usual", true};
constexpr Circumstances kOther{"SmallLightGerman", false};

class StudioReplayGui : public testing::TestWithParam<Circumstances> {
 protected:
  void SetUp() override {
    forget_settings();
    if (!GetParam().usual) app::use_language(app::Language::german);
    studio_ = std::make_unique<Studio>();
    const auto theme = GetParam().usual ? app::ThemeChoice::dark : app::ThemeChoice::light;
    show_bundled(*studio_, theme);
    studio_->window().player().play();  // as the program does
  }
  void TearDown() override {
    studio_->window().choose_theme(app::ThemeChoice::dark, false);
    studio_.reset();
    app::use_language(app::Language::english);
    forget_settings();
  }
  /// The recording, in a smaller window where circumstances are others.
  fs::path file(const std::string& name) {
    if (GetParam().usual) return recording(name);
    QFile in(QString::fromStdString(recording(name).string()));
    EXPECT_TRUE(in.open(QIODevice::ReadOnly));
    QByteArray text = in.readAll();
    EXPECT_TRUE(text.contains("\"window\":[1440,900]"));
    return write_file("small/" + name + ".jsonl", text.replace("[1440,900]", "[1200,760]").toStdString());
  }
  void picture(const std::string& name) {
    if (GetParam().usual) expect_picture(*studio_, "replay_" + name);
  }

  std::unique_ptr<Studio> studio_;
};

/// A researcher opens a clip and asks why it has its label.
TEST_P(StudioReplayGui, OpenAClipAndAskWhy) {
  ASSERT_EQ(play(*studio_, file("ask_why")).toStdString(), "");
  EXPECT_EQ(shown_clip(*studio_), "throw.skeleton");
  EXPECT_EQ(chosen_label(*studio_), "throw");
  EXPECT_TRUE(studio_->find<app::Dock>("why")->in_sight());
  picture("ask_why");
}

/// An engineer types actions of their own.
TEST_P(StudioReplayGui, TypeALabel) {
  ASSERT_EQ(play(*studio_, file("type_label")).toStdString(), "");
  const auto& labels = studio_->session().labels().labels;
  ASSERT_EQ(labels.size(), 7U);
  EXPECT_EQ(labels.back().text, "toss a frisbee");
  EXPECT_NE(studio_->session().score(6), nullptr);
  EXPECT_EQ(chosen_label(*studio_), "toss a frisbee");
  picture("type_label");
}

/// A sentence says it better, and the score follows.
TEST_P(StudioReplayGui, EditASentence) {
  ASSERT_EQ(play(*studio_, file("edit_sentence")).toStdString(), "");
  ASSERT_TRUE(studio_->session().label());
  const std::size_t label = *studio_->session().label();
  EXPECT_TRUE(studio_->session().edited(label));
  EXPECT_EQ(studio_->session().labels().labels[label].sentences[1].text, "the open hand moves from side to side");
  EXPECT_TRUE(studio_->find<QPlainTextEdit>("sentence_hands")->isVisible());
  picture("edit_sentence");
}

/// A stretch is repeated between A and B, seen from the side.
TEST_P(StudioReplayGui, ScrubWithMarksAndChangeTheView) {
  ASSERT_EQ(play(*studio_, file("scrub")).toStdString(), "");
  const app::PlaybackClock& clock = studio_->window().player().clock();
  ASSERT_TRUE(clock.a() && clock.b());
  EXPECT_NEAR(*clock.a() / clock.duration(), 0.25, 0.05);
  EXPECT_NEAR(*clock.b() / clock.duration(), 0.75, 0.05);
  picture("scrub");
}

/// A lab lets the scores learn while clips go by.
TEST_P(StudioReplayGui, RefineAndGoOnToTheNextClip) {
  ASSERT_EQ(play(*studio_, file("refine")).toStdString(), "");
  EXPECT_TRUE(studio_->window().refinement().on());
  EXPECT_TRUE(wait_until([&] { return studio_->window().refinement().state().windows == 3; }))
      << studio_->window().refinement().state().windows;
  picture("refine");
}

INSTANTIATE_TEST_SUITE_P(In, StudioReplayGui, testing::Values(kUsual, kOther),
                         [](const auto& param) { return param.param.name; });

QByteArray content(const fs::path& file) {
  QFile in(QString::fromStdString(file.string()));
  return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

/// Through the window, as the window system does it.
void click(QWidget* widget) {
  QWidget* window = widget->window();
  QTest::mouseClick(window->windowHandle(), Qt::LeftButton, {}, widget->mapTo(window, widget->rect().center()));
}

void type(Studio& studio, const QString& text) {
  for (const QChar letter : text) QTest::keyClick(studio.window().windowHandle(), letter.toLatin1());
}

TEST(StudioRecorderGui, WhatWasRecordedHereIsDoneThere) {
  const fs::path file = temp_dir() / "round.jsonl";
  {
    Studio studio;
    app::InteractionRecorder recorder(file, studio.window().size());
    click(studio.find<QLineEdit>("label_line"));
    type(studio, "wave");
    QTest::keyClick(studio.window().windowHandle(), Qt::Key_Return);
    type(studio, "kick");
    QTest::keyClick(studio.window().windowHandle(), Qt::Key_Return);
    studio.window().resize(1000, 700);
    ASSERT_EQ(studio.session().labels().labels.size(), 2U);
  }
  Studio again;
  ASSERT_EQ(play(again, file), QString());
  ASSERT_EQ(again.session().labels().labels.size(), 2U);
  EXPECT_EQ(again.session().labels().labels[0].text, "wave");
  EXPECT_EQ(again.session().labels().labels[1].text, "kick");
  EXPECT_TRUE(wait_until([&] { return again.window().size() == QSize(1000, 700); }));
}

TEST(StudioRecorderGui, EachEventIsOneLineAndOnTheDiskWhileItGoesOn) {
  const fs::path file = temp_dir() / "alive.jsonl";
  Studio studio;
  app::InteractionRecorder recorder(file, studio.window().size());
  QTest::keyClick(studio.window().windowHandle(), Qt::Key_N);  // a command's key
  type(studio, "ab");
  ASSERT_TRUE(wait_until([&] { return content(file).count("\"key_release\"") == 3; }));
  EXPECT_EQ(content(file).count("\"key_press\""), 3) << content(file).toStdString();
  EXPECT_TRUE(content(file).endsWith('\n'));
}

TEST(StudioRecorderGui, NothingIsKeptOfWhatIsTypedIntoFieldsThatHideIt) {
  const fs::path file = temp_dir() / "secret.jsonl";
  Studio studio;
  auto* password = new QLineEdit(&studio.window());
  password->setObjectName("key_of_the_endpoint");
  password->setEchoMode(QLineEdit::Password);
  password->show();
  password->setFocus();
  {
    app::InteractionRecorder recorder(file, studio.window().size());
    type(studio, "zqx");
    ASSERT_EQ(password->text(), "zqx");
  }
  const QByteArray text = content(file);
  EXPECT_EQ(text.count("\"secret\""), 1) << text.toStdString();
  EXPECT_FALSE(text.contains("key_press") || text.contains("Key_Z") || text.contains("\"z\"")) << text.toStdString();
}

TEST(StudioReplayErrorGui, ATargetThatIsNotThereIsNamedWithItsLine) {
  Studio studio;
  const fs::path file = write_file("missing.jsonl", std::string(R"({"purlscope_ui":1,"window":[1280,800]})") + "\n" +
                                                        R"({"t":0.1,"event":"press","button":"LeftButton",)"
                                                        R"("at":[0.5,0.5],"target":{"path":["studio","no_such"]}})"
                                                        "\n");
  const QString trouble = play(studio, file, {.speed = 1, .patience_ms = 100});
  EXPECT_TRUE(trouble.contains("missing.jsonl line 2")) << trouble.toStdString();
  EXPECT_TRUE(trouble.contains("studio > no_such")) << trouble.toStdString();
  EXPECT_TRUE(trouble.contains("record anew")) << trouble.toStdString();
}

TEST(StudioReplayErrorGui, WhatCannotBeUsedIsWaitedForAndThenTold) {
  Studio studio;
  auto* line = studio.find<QLineEdit>("label_line");
  const fs::path file = temp_dir() / "disabled.jsonl";
  {
    app::InteractionRecorder recorder(file, studio.window().size());
    click(line);
  }
  line->setEnabled(false);
  const QString trouble = play(studio, file, {.speed = 1000, .patience_ms = 100});
  EXPECT_TRUE(trouble.contains("label_line")) << trouble.toStdString();
  EXPECT_TRUE(trouble.contains("cannot be used")) << trouble.toStdString();
  line->setEnabled(true);
  EXPECT_EQ(play(studio, file), QString());
}

struct Ended {
  int code;
  QString words;
};

Ended run_program(const QStringList& options) {
  QProcess program;
  program.start(PURLSCOPE_PROGRAM, options);
  EXPECT_TRUE(program.waitForFinished(60000));
  return {program.exitCode(), QString::fromUtf8(program.readAllStandardError())};
}

TEST(StudioReplayProgramGui, EndsWithZeroOrWithOneAndWords) {
  const std::string header = R"({"purlscope_ui":1,"window":[900,700]})"
                             "\n";
  const auto step = [](const std::string& target) {
    return R"({"t":0.1,"event":"press","button":"LeftButton","buttons":"LeftButton","at":[0.5,0.5],"target":{"path":[")" +
           target + "\"]}}\n";
  };
  const auto options = [](const fs::path& file, const char* wait = "20") {
    return QStringList{"--empty", "--replay-wait", wait, "--replay-ui", QString::fromStdString(file.string())};
  };
  const Ended good = run_program(options(write_file("good.jsonl", header + step("label_line"))));
  EXPECT_EQ(good.code, 0) << good.words.toStdString();
  const Ended missing = run_program(options(write_file("gone.jsonl", header + step("nowhere")), "0.2"));
  EXPECT_EQ(missing.code, 1);
  EXPECT_TRUE(missing.words.contains("gone.jsonl line 2") && missing.words.contains("nowhere"))
      << missing.words.toStdString();
  const Ended damaged = run_program(options(write_file("damaged.jsonl", header + "[1,2\n")));
  EXPECT_EQ(damaged.code, 1);
  EXPECT_TRUE(damaged.words.contains("damaged.jsonl line 2")) << damaged.words.toStdString();
  EXPECT_EQ(run_program({"--replay-speed", "0", "--replay-ui", "x.jsonl"}).code, 2);
  EXPECT_EQ(run_program({"--record-ui", "/no/such/folder/x.jsonl"}).code, 1);
}

}  // namespace
}  // namespace purlscope::test
