// What is left of a window that was killed, and who is asked about it.

#include <gtest/gtest.h>

#include <QProcess>
#include <QProcessEnvironment>
#include <QToolButton>
#include <fstream>

#include "app/studio/document/document_file.h"
#include "app/studio/document/session_keeper.h"
#include "app/studio/widgets/notice.h"
#include "core/base/paths.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> autosaves() {
  std::vector<fs::path> files;
  std::error_code none;
  for (const auto& item : fs::directory_iterator(core::user_state_dir() / "autosave", none)) {
    if (item.path().extension() == ".purl") files.push_back(item.path());
  }
  return files;
}

/// A studio in a process of its own, on settings that save each second, killed once it has done so.
void crash(const QStringList& arguments) {
  const fs::path config = temp_dir() / "crashing";
  fs::create_directories(config / "purlscope");
  std::ofstream(config / "purlscope" / "studio.ini") << "[session]\nautosave_seconds=1\n";
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("XDG_CONFIG_HOME", QString::fromStdString(config.string()));
  QProcess program;
  program.setProcessEnvironment(environment);
  program.start(PURLSCOPE_PROGRAM, arguments);
  ASSERT_TRUE(program.waitForStarted());
  const bool written = wait_until([] { return autosaves().size() == 1; }, 60000);
  program.kill();
  ASSERT_TRUE(program.waitForFinished());
  ASSERT_TRUE(written) << program.readAllStandardError().toStdString();
}

TEST(StudioCrashGui, WhatAKilledWindowHadOpenIsRestoredAfterAsking) {
  const fs::path clip = write_clip("crashed.skeleton");
  ASSERT_TRUE(autosaves().empty());
  crash({"--labels", "wave,jump up", QString::fromStdString(clip.string())});
  {
    Studio studio;
    studio.set_labels({"kick"});
    studio.window().begin_autosave();
    auto* notice = studio.find<app::Notice>("restore_notice");
    ASSERT_TRUE(wait_until([&] { return notice->isVisible(); }));
    EXPECT_EQ(studio.session().labels().labels.size(), 1U) << "nothing happens before the answer";

    Studio second;
    second.window().begin_autosave();
    QTest::qWait(100);
    EXPECT_FALSE(second.find<app::Notice>("restore_notice")->isVisible()) << "one window asks";

    QTest::mouseClick(notice->findChild<QToolButton*>("notice_yes"), Qt::LeftButton);
    ASSERT_TRUE(wait_until([&] { return studio.session().clip() && !studio.window().keeper().busy(); }));
    EXPECT_EQ(studio.session().clip()->name, "crashed.skeleton");
    ASSERT_EQ(studio.session().labels().labels.size(), 2U);
    EXPECT_EQ(studio.session().labels().labels[1].text, "jump up");
    EXPECT_TRUE(wait_until([] { return autosaves().size() == 1; })) << "its own in place of the old one";
  }
  EXPECT_TRUE(autosaves().empty()) << "both windows have closed";
}

TEST(StudioCrashGui, DiscardedIsGone) {
  const fs::path folder = core::user_state_dir() / "autosave";
  fs::create_directories(folder);
  app::Document document;
  document.autosave_of = temp_dir() / "study.purl";
  app::save_document(folder / "left.purl", document);
  Studio studio;
  studio.window().begin_autosave();
  auto* notice = studio.find<app::Notice>("restore_notice");
  ASSERT_TRUE(wait_until([&] { return notice->isVisible(); }));
  EXPECT_TRUE(notice->text().contains("study.purl")) << notice->text().toStdString();
  QTest::mouseClick(notice->findChild<QToolButton*>("notice_no"), Qt::LeftButton);
  EXPECT_TRUE(wait_until([] { return autosaves().empty(); }));
  EXPECT_FALSE(notice->isVisible());
}

TEST(StudioCrashGui, TwoWindowsKeepAnAutosaveEach) {
  Studio first;
  Studio second;
  for (Studio* studio : {&first, &second}) {
    studio->window().begin_autosave();
    studio->type_label("wave");
    studio->window().keeper().autosave_now();
  }
  EXPECT_TRUE(wait_until([] { return autosaves().size() == 2; }));
  first.window().keeper().autosave_now();
  EXPECT_FALSE(first.find<app::Notice>("restore_notice")->isVisible());
}

}  // namespace
}  // namespace purlscope::test
