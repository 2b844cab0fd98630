// Export from the real window: by commands, dialogs and files.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QHelpEvent>
#include <QImage>
#include <QPushButton>
#include <QSpinBox>
#include <QToolTip>
#include <fstream>
#include <sstream>

#include "app/studio/commands/command_table.h"
#include "app/studio/export/exporter.h"
#include "app/studio/panels/attention/attention_matrix.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/widgets/banner.h"
#include "tests/app/studio/support.h"
#include "tests/support/npz.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::size_t kJoints = 20;  // of the model's layout

/// A scored clip of which a label and a sentence are chosen.
void prepare(Studio& studio) {
  studio.set_labels({"wave", "throw a ball"});
  studio.open(write_clip("shown.skeleton"));
  studio.session().choose_label(1);
  studio.window().player().pause();
}

bool run(Studio& studio, const char* command) { return studio.window().commands().run(QString::fromLatin1(command)); }

/// Waits for the file, which is there as a whole or not at all.
std::string content(const fs::path& file) {
  EXPECT_TRUE(wait_until([&] { return fs::exists(file); })) << file;
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string exported(Studio& studio, const char* command, const std::string& name) {
  const fs::path file = temp_dir() / "exported" / name;
  fs::create_directories(file.parent_path());
  EXPECT_TRUE(run(studio, command)) << command;
  save_in_dialog(studio, file);
  return content(file);
}

/// What the panel tells of a cell when the mouse rests on it.
std::string hovered(app::AttentionMatrix& matrix, std::size_t row, std::size_t column) {
  const QPoint at = matrix.cell_rect({row, column}).center().toPoint();
  QHelpEvent event(QEvent::ToolTip, at, matrix.mapToGlobal(at));
  QApplication::sendEvent(&matrix, &event);
  return QToolTip::text().toStdString();
}

struct Told {
  std::string joint;
  double value = 0;
};

/// "hands · left wrist: −0.012"
Told parted(const std::string& text) {
  const QString words = QString::fromStdString(text);
  const qsizetype colon = words.lastIndexOf(QLatin1Char(':'));
  const qsizetype joint = words.indexOf(QStringLiteral("· ")) + 2;
  QString number = words.mid(colon + 2);
  number.replace(QChar(0x2212), QLatin1Char('-'));
  return {words.mid(joint, colon - joint).toStdString(), number.toDouble()};
}

TEST(StudioExportGui, MatricesAreWrittenInAllKinds) {
  Studio studio;
  prepare(studio);
  EXPECT_TRUE(exported(studio, "export.attention", "figure.pdf").starts_with("%PDF"));
  EXPECT_THAT(exported(studio, "export.attention", "figure.svg"),
              HasSubstr("throw a ball: attention of its sentences"));
  EXPECT_FALSE(
      QImage::fromData(QByteArray::fromStdString(exported(studio, "export.attention", "figure.png"))).isNull());
  exported(studio, "export.attention", "numbers.npz");
  const auto arrays = read_npz(temp_dir() / "exported/numbers.npz");
  EXPECT_EQ(arrays.at("over_joints").shape, (std::vector<std::size_t>{8, 20}));
  EXPECT_EQ(arrays.at("over_time").shape, (std::vector<std::size_t>{8, 4}));
  EXPECT_EQ(arrays.at("attention").shape, (std::vector<std::size_t>{8, 4, 20}));
  EXPECT_EQ(arrays.at("label").strings.at(0), "throw a ball");
  EXPECT_TRUE(studio.window().banner().text().isEmpty());
}

/// Over the joints of the whole clip and of a moment, as attention and as contribution.
TEST(StudioExportGui, NumbersAreThoseThatThePanelTells) {
  Studio studio;
  prepare(studio);
  auto* matrix = static_cast<app::AttentionMatrix*>(studio.find<QWidget>("attention_matrix"));
  for (const bool contribution : {false, true}) {
    app::Display display = studio.session().display();
    display.contribution = contribution;
    studio.session().set_display(display);
    const std::string csv = exported(studio, "export.attention", contribution ? "c.csv" : "a.csv");
    const std::string npz = contribution ? "c.npz" : "a.npz";
    exported(studio, "export.attention", npz);
    const NpzArray values = read_npz(temp_dir() / "exported" / npz).at("over_joints");
    std::istringstream lines(csv);
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line, "recording,label,matrix,sentence,joint,begin_s,end_s,measure,value,unit");
    for (std::size_t row = 0; row < 8; ++row) {
      for (std::size_t column = 0; column < kJoints; ++column) {
        std::getline(lines, line);
        const Told told = parted(hovered(*matrix, row, column));
        EXPECT_NEAR(values.data[row * kJoints + column], told.value, 0.0005001) << told.joint;
        EXPECT_THAT(line, HasSubstr(fmt::format(",{},", told.joint)));
        const std::size_t end = line.rfind(',');
        const std::size_t begin = line.rfind(',', end - 1) + 1;
        EXPECT_FLOAT_EQ(std::stof(line.substr(begin, end - begin)),
                        static_cast<float>(values.data[row * kJoints + column]));
      }
    }
  }
}

TEST(StudioExportGui, PictureHasTheSizeAndNoGround) {
  Studio studio;
  prepare(studio);
  ASSERT_TRUE(run(studio, "export.picture"));
  auto* dialog = studio.find<QDialog>("picture_dialog");
  dialog->findChild<QSpinBox*>("size_width")->setValue(400);
  dialog->findChild<QSpinBox*>("size_height")->setValue(300);
  EXPECT_EQ(dialog->findChild<QComboBox*>("size_name")->currentText(), "Any");
  for (const char* box : {"shot_transparent", "shot_overlay"}) {
    QTest::keyClick(dialog->findChild<QCheckBox*>(QLatin1String(box)), Qt::Key_Space);
  }
  QTest::mouseClick(dialog->findChild<QPushButton*>("shot_save"), Qt::LeftButton);
  const fs::path file = temp_dir() / "picture.png";
  save_in_dialog(studio, file);
  const QImage picture = QImage::fromData(QByteArray::fromStdString(content(file)), "PNG");
  ASSERT_EQ(picture.size(), QSize(400, 300));
  EXPECT_EQ(qAlpha(picture.pixel(2, 2)), 0);
  int drawn = 0;
  for (int y = 0; y < 300; ++y) {
    for (int x = 0; x < 400; ++x) drawn += qAlpha(picture.pixel(x, y)) == 255 ? 1 : 0;
  }
  EXPECT_GT(drawn, 500) << "the person is in the picture";
}

TEST(StudioExportGui, ScoresAndWindowAreTables) {
  Studio studio;
  prepare(studio);
  EXPECT_THAT(exported(studio, "export.scores", "scores.csv"), HasSubstr("throw a ball"));
  EXPECT_THAT(exported(studio, "export.scores", "scores.json"), HasSubstr("\"none_of_these\""));
  EXPECT_THAT(exported(studio, "export.scores", "scores.svg"), HasSubstr("Probability (%)"));
  exported(studio, "export.window", "window.npz");
  const auto arrays = read_npz(temp_dir() / "exported/window.npz");
  EXPECT_EQ(arrays.at("joints").shape, (std::vector<std::size_t>{1, 45, 20, 3}));
  EXPECT_EQ(arrays.at("unit").strings.at(0), "m");
}

TEST(StudioExportGui, ReportHoldsEverythingInOneFile) {
  Studio studio;
  prepare(studio);
  const std::string page = exported(studio, "export.report", "report.html");
  for (const char* part : {"shown.skeleton", "What was fed to the model", "45 frames", "Sentences of the best labels",
                           "<svg", "data:image/png;base64,", "rather than", "Made by Purlscope"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("src=\"http"), std::string::npos);
}

TEST(StudioExportGui, WhatCannotBeWrittenIsToldWithARemedy) {
  Studio studio;
  prepare(studio);
  const app::Banner& banner = studio.window().banner();
  ASSERT_TRUE(run(studio, "export.attention"));
  save_in_dialog(studio, temp_dir() / "no such folder/figure.svg");
  ASSERT_TRUE(wait_until([&] { return banner.text().contains("no such folder"); }));
  EXPECT_TRUE(banner.text().startsWith("Not exported: ")) << banner.text().toStdString();
  EXPECT_TRUE(banner.text().contains("Choose another folder"));
  ASSERT_TRUE(run(studio, "export.attention"));
  save_in_dialog(studio, temp_dir() / "figure.docx");
  ASSERT_TRUE(wait_until([&] { return banner.text().contains(".docx"); }));
  EXPECT_TRUE(banner.text().contains(".svg, .pdf, .png, .csv, .npz")) << banner.text().toStdString();
  EXPECT_FALSE(fs::exists(temp_dir() / "figure.docx"));
  exported(studio, "export.attention", "good.svg");
  EXPECT_TRUE(wait_until([&] { return !banner.isVisible(); })) << "the message goes with its cause";
}

TEST(StudioExportGui, NothingIsOfferedWithoutARecording) {
  Studio studio;
  for (const char* command :
       {"export.picture", "export.film", "export.attention", "export.scores", "export.window", "export.report"}) {
    EXPECT_FALSE(run(studio, command)) << command;
  }
}

}  // namespace
}  // namespace purlscope::test
