// The panel that trains, by mouse and keys: form, curve, stopping and going on, errors.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/training/training_curve.h"
#include "app/studio/theme/tokens.h"
#include "tests/app/studio/support.h"
#include "tests/support/shared.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;

void type(Studio& studio, const char* line, const fs::path& text) {
  auto* found = studio.find<QLineEdit>(line);
  found->setFocus();
  found->selectAll();
  QTest::keyClicks(found, QString::fromStdString(text.string()));
}

void type_split(Studio& studio, const QString& name) {
  QLineEdit* line = studio.find<QComboBox>("training_split")->lineEdit();
  line->setFocus();
  line->selectAll();
  QTest::keyClicks(line, name);
}

QAbstractButton* start_button(Studio& studio) { return studio.find<QAbstractButton>("training_start"); }

void press(QAbstractButton* button) {
  ASSERT_TRUE(button->isVisible());
  ASSERT_TRUE(button->isEnabled());
  button->setFocus();
  QTest::keyClick(button, Qt::Key_Space);
}

std::string message(Studio& studio) { return studio.find_role("training_message")->text().toStdString(); }

const std::vector<core::TrainingPoint>& points(Studio& studio) {
  return studio.find<app::TrainingCurve>("training_curve")->points();
}

/// Two clips of each class of UTD-MHAD.
fs::path some_utd_mhad() {
  fs::path folder = temp_dir() / "utd-mhad";
  fs::create_directories(folder);
  for (int action = 1; action <= 27; ++action) {
    for (int subject = 1; subject <= 2; ++subject) {
      const std::string name = fmt::format("a{}_s{}_t1_skeleton.mat", action, subject);
      if (!fs::exists(folder / name)) fs::create_symlink(shared_dir() / "data" / "utd-mhad" / name, folder / name);
    }
  }
  return folder;
}

/// Whether a pixel has exactly this colour.
bool inked(const QImage& picture, const QColor& colour) {
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      if (QColor(picture.pixel(x, y)) == colour) return true;
    }
  }
  return false;
}

core::TrainingPoint point(const char* stage, int epoch, double loss, std::optional<double> held) {
  core::TrainingPoint made;
  made.stage = stage;
  made.epoch = epoch;
  made.epochs = 6;
  made.loss = loss;
  made.seen_accuracy = 0.5;
  made.held_accuracy = held;
  if (held) made.held_loss = loss * 1.2;
  return made;
}

TEST(StudioTrainingGui, ThePanelComesWhenItIsAskedFor) {
  Studio studio;
  auto* dock = studio.find<QDockWidget>("training");
  EXPECT_TRUE(dock->isHidden());
  studio.window().commands().run("view.dock.training");
  EXPECT_TRUE(dock->isVisible());
  EXPECT_FALSE(start_button(studio)->isEnabled()) << "nothing is named yet";
  for (const QWidget* part : dock->widget()->findChildren<QWidget*>()) {
    if ((part->focusPolicy() & Qt::TabFocus) == 0 || part->objectName().startsWith("qt_")) continue;
    if (part->objectName().isEmpty()) continue;
    const auto* button = qobject_cast<const QAbstractButton*>(part);
    EXPECT_TRUE(!part->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty()))
        << part->objectName().toStdString();
  }
  studio.window().commands().run("view.reset_layout");
  EXPECT_TRUE(dock->isHidden());
}

TEST(StudioTrainingGui, AMissingFolderIsToldInWords) {
  Studio studio;
  studio.window().commands().run("view.dock.training");
  type(studio, "training_dataset", temp_dir() / "no-such-folder");
  type_split(studio, "ru5");
  type(studio, "training_out", temp_dir() / "never");
  press(start_button(studio));
  ASSERT_TRUE(wait_until([&] { return message(studio).find("no such folder") != std::string::npos; }))
      << message(studio);
  EXPECT_NE(message(studio).find("no-such-folder"), std::string::npos);
  EXPECT_EQ(start_button(studio)->text(), "Train");
  EXPECT_TRUE(studio.find<QWidget>("training_status")->isHidden());
  EXPECT_FALSE(fs::exists(temp_dir() / "never"));
}

TEST(StudioTrainingGui, TheCurveGrowsStopsAndGoesOn) {
  PURLSCOPE_NEEDS_SHARED();
  constexpr int kTraining = 60000;  // ms
  Studio studio;
  studio.window().commands().run("view.dock.training");
  type(studio, "training_dataset", some_utd_mhad());
  type_split(studio, "ru5");
  type(studio, "training_config",
       write_file("training.json", R"({"backbone": {"widths": [8], "strides": [4], "frames": 16, "epochs": 3},
                                       "head": {"hidden": 16, "key_dim": 8, "epochs": 60}, "validation": 0.5})"));
  const fs::path out = temp_dir() / "trained";
  type(studio, "training_out", out);
  press(start_button(studio));
  EXPECT_EQ(start_button(studio)->text(), "Stop");
  EXPECT_FALSE(studio.find<QLineEdit>("training_out")->isEnabled());
  ASSERT_TRUE(wait_until([&] { return points(studio).size() >= 5; }, kTraining)) << message(studio);
  EXPECT_TRUE(studio.find<QWidget>("training_status")->isVisible());
  EXPECT_EQ(points(studio).front().stage, "backbone");
  EXPECT_TRUE(points(studio).front().held_accuracy);
  QTest::mouseClick(studio.find<QAbstractButton>("training_cancel"), Qt::LeftButton);
  ASSERT_TRUE(wait_until([&] { return start_button(studio)->text() == "Train"; }, kTraining));
  EXPECT_TRUE(wait_until([&] { return message(studio).rfind("Stopped", 0) == 0; })) << message(studio);
  const std::size_t before = points(studio).size();
  ASSERT_LT(before, 63U);
  EXPECT_FALSE(fs::exists(out / "model.safetensors"));

  press(start_button(studio));
  ASSERT_TRUE(wait_until([&] { return message(studio).rfind("Trained: ", 0) == 0; }, kTraining)) << message(studio);
  EXPECT_EQ(message(studio), "Trained: " + (out / "model.safetensors").string());
  EXPECT_TRUE(fs::exists(out / "model.safetensors"));
  EXPECT_EQ(points(studio).size(), 63U) << "the curve is whole, also of the first run";
}

TEST(StudioTrainingGui, TheCurveIsDrawnInTheThemesColours) {
  app::TrainingCurve curve;
  curve.resize(300, 300);
  const QColor accent = app::current_tokens().accent;
  EXPECT_FALSE(inked(curve.grab().toImage(), accent)) << "without points there is no line";
  EXPECT_EQ(curve.accessibleDescription(), "No epoch is finished yet");
  for (int epoch = 1; epoch <= 3; ++epoch) curve.add(point("backbone", epoch, 3.0 / epoch, 0.2 * epoch));
  curve.add(point("head", 1, 2, std::nullopt));
  curve.add(point("head", 2, 1, 0.75));
  EXPECT_TRUE(inked(curve.grab().toImage(), accent));
  EXPECT_EQ(curve.accessibleDescription(),
            "Head, epoch 2 of 6: loss 1.000, 50.0 % of the samples right, 75.0 % of the clips kept out");
  curve.add(point("head", 1, 2, 0.5));
  EXPECT_EQ(curve.points().size(), 4U) << "an epoch that is told again replaces what followed";
  curve.clear();
  EXPECT_TRUE(curve.points().empty());
}

}  // namespace
}  // namespace purlscope::test
