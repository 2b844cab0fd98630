#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QClipboard>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QThread>

#include "app/studio/commands/command_table.h"
#include "app/studio/diagnostics/diagnostics_dialog.h"
#include "app/studio/diagnostics/ui_watch.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

using testing::HasSubstr;

TEST(StudioDiagnosticsGui, AGapInWhichTheWindowDoesNotAnswerIsSeen) {
  Studio studio;
  const app::UiWatch& watch = studio.window().watch();
  ASSERT_TRUE(wait_until([&] { return watch.gaps().beats > 3; }));
  studio.window().watch().reset();
  ASSERT_TRUE(wait_until([&] { return watch.gaps().beats > 1; }));
  const auto before = watch.gaps().over_frame;
  QThread::msleep(120);
  ASSERT_TRUE(wait_until([&] { return watch.gaps().over_frame > before; }));
  EXPECT_GE(watch.gaps().longest.ms, 100);
  ASSERT_FALSE(watch.gaps().worst.empty());
  EXPECT_EQ(watch.gaps().worst.front().ms, watch.gaps().longest.ms);
  EXPECT_TRUE(std::ranges::is_sorted(watch.gaps().worst, std::greater<>{}, &app::UiWatch::Gap::ms));
}

TEST(StudioDiagnosticsGui, AWindowThatIsNotThereYetIsNotWaitedFor) {
  app::MainWindow window([] { return std::make_unique<MockEngine>(); });
  QTest::qWait(50);
  EXPECT_EQ(window.watch().gaps().beats, 0U);
  window.show();
  ASSERT_TRUE(wait_until([&] { return window.watch().gaps().beats > 1; }));
}

TEST(StudioDiagnosticsGui, TheDialogTellsWhatRunsAndCopiesIt) {
  Studio studio;
  studio.set_labels({"wave", "throw"});
  studio.open(write_clip("first.skeleton"));
  ASSERT_TRUE(studio.window().commands().run("help.diagnostics"));
  auto* dialog = studio.find<app::DiagnosticsDialog>("diagnostics");
  EXPECT_TRUE(dialog->isVisible());
  EXPECT_FALSE(dialog->isModal());
  const std::string text = dialog->text().toStdString();
  for (const char* line : {"Version: ", "Model: mock", "Recognitions: 1 asked for · 1 answered", "Memory: ", " MB",
                           "Longest gap: ", "Gaps over 33 ms: "}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
  for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
    if (button->text() == "Copy") QTest::mouseClick(button, Qt::LeftButton);
  }
  EXPECT_THAT(QGuiApplication::clipboard()->text().toStdString(), HasSubstr("Model: mock"));
  ASSERT_TRUE(studio.window().commands().run("help.diagnostics"));
  EXPECT_EQ(studio.window().findChildren<app::DiagnosticsDialog*>().size(), 1) << "one is enough";
}

}  // namespace
}  // namespace purlscope::test
