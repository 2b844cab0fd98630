// The Input check at the default window size: all rows without scrolling, and nothing that is left out is lost.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <QDockWidget>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>

#include "app/studio/commands/command_table.h"
#include "app/studio/session/session.h"
#include "core/skeleton/body_points.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

constexpr QSize kDefault{1440, 900};  // logical pixels

/// A recording with nothing but the limbs. Of the 20 joints of a model the trunk, head, hands and feet are made.
std::filesystem::path limbs_only() {
  std::string text = "# unit: m\ntime";
  for (const std::string& joint : core::body_points().essential) {
    for (const char* axis : {".x", ".y", ".z"}) text += fmt::format(",{}{}", joint, axis);
  }
  for (int frame = 0; frame < 45; ++frame) {
    text += fmt::format("\n{}", frame / 30.0);
    for (std::size_t value = 0; value < 3 * core::body_points().essential.size(); ++value) {
      text += fmt::format(",{}", 0.1 * static_cast<double>(value % 7) + 0.01 * frame);
    }
  }
  return write_file("a-recording-with-a-name-that-fills-a-line.csv", text + '\n');
}

void show(Studio& studio, const std::filesystem::path& file) {
  studio.window().resize(kDefault);
  studio.set_labels({"wave", "walk"});
  studio.open(file);
  studio.window().commands().run("view.reset_layout");
  studio.window().commands().run("view.dock.input");  // it stands behind the attention
  QTest::qWait(50);                                   // the layout
}

bool scrolls(Studio& studio) {
  const auto* area = studio.find<QWidget>("input_panel")->findChild<QScrollArea*>();
  return area->verticalScrollBar()->maximum() > 0;
}

QLabel* joints_row(Studio& studio) {
  for (QLabel* label : studio.find<QWidget>("input_panel")->findChildren<QLabel*>()) {
    if (label->accessibleName() == QLatin1String("Joints")) return label;
  }
  throw std::runtime_error("no row Joints");
}

TEST(StudioInputGui, JointsAreNamedWhereThereIsRoom) {
  Studio studio;
  show(studio, write_clip("S001C001P001R001A023.skeleton"));
  EXPECT_FALSE(scrolls(studio));
  EXPECT_TRUE(joints_row(studio)->text().contains(QLatin1String("inferred: hip centre, spine")))
      << joints_row(studio)->text().toStdString();
}

TEST(StudioInputGui, ManyMadeJointsAreCountedWhereThereIsNoRoom) {
  Studio studio;
  show(studio, limbs_only());
  EXPECT_FALSE(scrolls(studio));
  EXPECT_TRUE(joints_row(studio)->text().contains(QLatin1String("left foot"))) << "there is room";
  auto* dock = studio.find<QDockWidget>("input");
  dock->setFloating(true);
  dock->resize(380, 176);
  QTest::qWait(50);
  EXPECT_FALSE(scrolls(studio));
  EXPECT_TRUE(joints_row(studio)->text().contains(QLatin1String("8 inferred")))
      << joints_row(studio)->text().toStdString();
  for (const char* joint : {"shoulder centre", "head", "left foot"}) {
    EXPECT_TRUE(joints_row(studio)->toolTip().contains(QLatin1String(joint))) << joint;
  }
}

TEST(StudioInputGui, WarningsAreToldByTheTabWhileThePanelIsBehind) {
  Studio studio;
  auto* dock = studio.find<QDockWidget>("input");
  studio.set_labels({"wave"});
  studio.open(write_clip("whole.skeleton"));
  EXPECT_EQ(dock->windowTitle(), "Input check");
  studio.open(write_file("odd.csv", "time,a.x,a.y,a.z\n0,0,0,0\n0.1,0.1,0,0\n"), false);
  ASSERT_FALSE(studio.session().clip()->warnings.empty());
  EXPECT_EQ(dock->windowTitle(), QStringLiteral("Input check (%1)").arg(studio.session().clip()->warnings.size()));
}

}  // namespace
}  // namespace purlscope::test
