// The panel that evaluates, by mouse and keys: a run as the command line does it, cancelling, cells, files.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QProcess>
#include <QSpinBox>
#include <QTimer>
#include <QTreeView>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/evaluation/evaluation_panel.h"
#include "app/studio/panels/evaluation/result/confusion_view.h"
#include "app/studio/panels/library/library_panel.h"
#include "app/studio/session/session.h"
#include "core/engine/loader.h"
#include "tests/app/studio/support.h"
#include "tests/support/shared.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;
using app::ConfusionView;

constexpr int kRun = 120000;  // ms

/// Two clips of each class of UTD-MHAD.
fs::path few_utd_mhad() {
  fs::path folder = temp_dir() / "evaluated";
  fs::create_directories(folder);
  for (int action = 1; action <= 27; ++action) {
    for (int subject = 1; subject <= 2; ++subject) {
      const std::string name = fmt::format("a{}_s{}_t1_skeleton.mat", action, subject);
      if (!fs::exists(folder / name)) fs::create_symlink(shared_dir() / "data" / "utd-mhad" / name, folder / name);
    }
  }
  return folder;
}

QAbstractButton* button(Studio& studio, const char* name) { return studio.find<QAbstractButton>(name); }

void click(Studio& studio, const char* name) {
  ASSERT_TRUE(button(studio, name)->isVisible()) << name;
  ASSERT_TRUE(button(studio, name)->isEnabled()) << name;
  button(studio, name)->setFocus();
  QTest::keyClick(button(studio, name), Qt::Key_Space);
}

void choose(Studio& studio, const char* box, const QString& text) {
  auto* combo = studio.find<QComboBox>(box);
  const int row = combo->findText(text, Qt::MatchContains);
  ASSERT_GE(row, 0) << text.toStdString();
  combo->setCurrentIndex(row);
}

std::string text(Studio& studio, const char* role) { return studio.find_role(role)->text().toStdString(); }

/// The panel, with the folder in the library and the split chosen.
void open_panel(Studio& studio, const fs::path& folder) {
  studio.window().open_paths({folder});
  studio.window().commands().run("evaluation.open");
  ASSERT_TRUE(wait_until([&] { return studio.find<QComboBox>("evaluation_dataset")->currentText() == "UTD-MHAD"; }));
  choose(studio, "evaluation_split", "ru5");
}

app::EvaluationRunPtr run_to_the_end(Studio& studio) {
  auto* panel = studio.find<app::EvaluationPanel>("evaluation_panel");
  const app::EvaluationRunPtr before = panel->run();
  click(studio, "evaluation_start");
  EXPECT_TRUE(wait_until([&] { return panel->run() != before || !text(studio, "evaluation_message").empty(); }, kRun));
  EXPECT_EQ(text(studio, "evaluation_message"), "");
  return panel->run();
}

nlohmann::json by_command_line(const fs::path& folder) {
  QProcess program;
  program.start(QStringLiteral(PURLSCOPE_PROGRAM),
                {"evaluate", "--dataset", QString::fromStdString(folder.string()), "--split", "ru5", "--json"});
  EXPECT_TRUE(program.waitForFinished(kRun));
  return nlohmann::json::parse(program.readAllStandardOutput().toStdString(), nullptr, false);
}

void click_cell(Studio& studio, const ConfusionView::Cell& cell) {
  auto* view = studio.find<ConfusionView>("confusion_view");
  QTest::mouseClick(view, Qt::LeftButton, {}, view->cell_rect(cell).center().toPoint());
}

/// Names a file in the dialog that the command opens, and accepts it.
void save_as(Studio& studio, const char* command, const fs::path& file) {
  QTimer timer;
  QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
    auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
    if (dialog == nullptr) return;
    auto* accept = dialog->findChild<QDialogButtonBox*>()->buttons().front();
    const QStringList wanted{QString::fromStdString(file.string())};
    if (dialog->selectedFiles() != wanted || !accept->isEnabled()) {
      dialog->selectFile(wanted.front());
    } else {
      QTest::mouseClick(accept, Qt::LeftButton);
    }
  });
  timer.start(20);
  EXPECT_TRUE(studio.window().commands().run(QString::fromLatin1(command)));
}

std::string content(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(StudioEvaluationGui, WithoutADataSetThePanelSaysWhatToDo) {
  Studio studio;
  EXPECT_TRUE(studio.find<QDockWidget>("evaluation")->isHidden());
  studio.window().commands().run("evaluation.open");
  EXPECT_TRUE(studio.find<QDockWidget>("evaluation")->isVisible());
  EXPECT_TRUE(button(studio, "file_open_folder")->isVisible());
  EXPECT_FALSE(button(studio, "evaluation_start")->isVisible());
  for (const char* command :
       {"evaluation.run", "evaluation.cancel", "evaluation.save_report", "evaluation.all_clips"}) {
    EXPECT_FALSE(studio.window().commands().action(QString::fromLatin1(command))->isEnabled()) << command;
  }
  for (const QWidget* part : studio.find<QWidget>("evaluation_panel")->findChildren<QWidget*>()) {
    if ((part->focusPolicy() & Qt::TabFocus) == 0 || part->objectName().startsWith("qt_")) continue;
    if (part->objectName().isEmpty()) continue;
    const auto* named = qobject_cast<const QAbstractButton*>(part);
    EXPECT_TRUE(!part->accessibleName().isEmpty() || (named != nullptr && !named->text().isEmpty()))
        << part->objectName().toStdString();
  }
  studio.window().commands().run("view.reset_layout");
  EXPECT_TRUE(studio.find<QDockWidget>("evaluation")->isHidden());
}

TEST(StudioEvaluationGui, WhatIsOfferedIsWhatTheLabKnows) {
  Studio studio;
  const std::unique_ptr<core::Lab> lab = core::load_engine_module().make_lab({});
  const auto* methods = studio.find<QComboBox>("evaluation_method");
  EXPECT_EQ(methods->count(), 10);
  for (int row = 0; row < methods->count(); ++row) {
    core::EvaluateOptions options;
    options.method = methods->itemData(row).toString().toStdString();
    EXPECT_NO_THROW(lab->check(options)) << options.method;
  }
  const auto* ways = studio.find<QComboBox>("evaluation_refinement");
  for (int row = 1; row < ways->count(); ++row) {
    core::EvaluateOptions options;
    options.orders = 1;
    options.refinement = {{"method", ways->itemData(row).toString().toStdString()}};
    EXPECT_NO_THROW(lab->check(options)) << options.refinement;
  }
}

TEST(StudioEvaluationGui, TheNumbersAreThoseOfTheCommandLineAndACellListsItsClips) {
  PURLSCOPE_NEEDS_SHARED();
  const fs::path folder = few_utd_mhad();
  Studio studio;
  open_panel(studio, folder);
  const app::EvaluationRunPtr run = run_to_the_end(studio);
  ASSERT_NE(run, nullptr);
  const nlohmann::json expected = by_command_line(folder);
  ASSERT_TRUE(expected.is_object());
  EXPECT_EQ(run->evaluation.accuracy.mean, expected["accuracy"]["mean"].get<double>());
  EXPECT_EQ(nlohmann::json(run->evaluation.confusion.counts), expected["confusion"]);
  EXPECT_FALSE(expected.contains("predictions")) << "what the command line prints stays as it was";
  EXPECT_EQ(text(studio, "evaluation_accuracy"), fmt::format("{:.1f} %", 100 * run->evaluation.accuracy.mean));
  EXPECT_NE(text(studio, "evaluation_source").find("CVPR 2024"), std::string::npos);

  const core::Evaluation& evaluation = run->evaluation;
  ConfusionView::Cell cell;
  while (evaluation.clips_of(cell.truth, cell.said).empty()) ++cell.said;
  const std::vector<std::size_t> clips = evaluation.clips_of(cell.truth, cell.said);
  click_cell(studio, cell);
  auto* library = studio.find<app::LibraryPanel>("library_panel");
  auto* list = studio.find<QTreeView>("library_list");
  EXPECT_EQ(library->shown_count(), static_cast<int>(clips.size()));
  ASSERT_EQ(list->model()->rowCount(), 1) << "one class";
  EXPECT_TRUE(studio.find<QWidget>("clip_choice")->isVisible());
  EXPECT_NE(text(studio, "clip_choice").find(evaluation.confusion.classes[cell.said]), std::string::npos);
  const QModelIndex first = list->model()->index(0, 0, list->model()->index(0, 0));
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(first).center());
  ASSERT_TRUE(wait_until([&] { return studio.session().clip() != nullptr; }));
  EXPECT_TRUE(wait_until([&] { return studio.session().clip()->path == evaluation.predictions.clips[clips[0]]; }))
      << studio.session().clip()->path;
  click(studio, "clip_choice_all");
  EXPECT_EQ(library->shown_count(), 54);
  EXPECT_FALSE(studio.find<QWidget>("clip_choice")->isVisible());

  const fs::path page = temp_dir() / "report.html", table = temp_dir() / "said.csv";
  save_as(studio, "evaluation.save_report", page);
  save_as(studio, "evaluation.save_predictions", table);
  ASSERT_TRUE(wait_until([&] { return fs::exists(page) && fs::exists(table); }));
  EXPECT_NE(content(page).find(text(studio, "evaluation_accuracy")), std::string::npos);
  EXPECT_EQ(content(table).substr(0, 5), "clip,");
}

TEST(StudioEvaluationGui, RunsAreKeptComparedAndRefined) {
  PURLSCOPE_NEEDS_SHARED();
  Studio studio;
  open_panel(studio, few_utd_mhad());
  const app::EvaluationRunPtr plain = run_to_the_end(studio);
  EXPECT_FALSE(studio.find<QComboBox>("evaluation_compared")->isVisible()) << "nothing to compare with";
  choose(studio, "evaluation_refinement", "em");
  click(studio, "evaluation_more");
  studio.find<QSpinBox>("evaluation_orders")->setValue(2);
  const app::EvaluationRunPtr refined = run_to_the_end(studio);
  ASSERT_TRUE(plain && refined && refined->evaluation.refinement);
  EXPECT_EQ(refined->evaluation.refinement->before.mean, plain->evaluation.accuracy.mean);
  EXPECT_EQ(refined->evaluation.predictions.said.size(), 2U);
  auto* classes = studio.find<QTreeView>("evaluation_classes");
  EXPECT_EQ(classes->model()->rowCount(), 5);
  EXPECT_FALSE(classes->isColumnHidden(3)) << "before refinement";
  EXPECT_TRUE(classes->isColumnHidden(4)) << "compared with nothing";
  choose(studio, "evaluation_compared", "Run 1");
  EXPECT_FALSE(classes->isColumnHidden(4));
  auto* runs = studio.find<QListWidget>("evaluation_runs");
  ASSERT_EQ(runs->count(), 2);
  runs->setFocus();
  QTest::keyClick(runs, Qt::Key_Down);
  EXPECT_EQ(studio.find<app::EvaluationPanel>("evaluation_panel")->run(), plain);
  EXPECT_TRUE(classes->isColumnHidden(3));
}

TEST(StudioEvaluationGui, ARunShowsItsProgressAndCanBeCancelled) {
  PURLSCOPE_NEEDS_SHARED();
  Studio studio;
  open_panel(studio, few_utd_mhad());
  click(studio, "evaluation_more");
  studio.find<QSpinBox>("evaluation_seeds")->setValue(1000);
  click(studio, "evaluation_start");
  EXPECT_EQ(button(studio, "evaluation_start")->text(), "Cancel");
  EXPECT_FALSE(studio.find<QWidget>("evaluation_form")->isEnabled());
  EXPECT_TRUE(studio.find<QWidget>("evaluation_status")->isVisible());
  ASSERT_TRUE(wait_until([&] { return text(studio, "evaluation_stage").find("seed") != std::string::npos; }, kRun))
      << text(studio, "evaluation_stage");
  EXPECT_TRUE(studio.window().commands().action("evaluation.cancel")->isEnabled());
  QTest::mouseClick(button(studio, "evaluation_cancel"), Qt::LeftButton);
  ASSERT_TRUE(wait_until([&] { return button(studio, "evaluation_start")->text() == "Evaluate"; }, kRun));
  EXPECT_EQ(text(studio, "evaluation_message"), "Cancelled. Nothing was kept.");
  EXPECT_TRUE(studio.find<QWidget>("evaluation_status")->isHidden());
  EXPECT_EQ(studio.find<app::EvaluationPanel>("evaluation_panel")->run(), nullptr);
  EXPECT_TRUE(studio.find<QComboBox>("evaluation_dataset")->isEnabled());
}

TEST(StudioEvaluationGui, WhatCannotBeEvaluatedIsToldInWords) {
  PURLSCOPE_NEEDS_SHARED();
  Studio studio;
  open_panel(studio, few_utd_mhad());
  auto* split = studio.find<QComboBox>("evaluation_split");
  split->setEditText("ru77");
  click(studio, "evaluation_start");
  ASSERT_TRUE(wait_until([&] { return !text(studio, "evaluation_message").empty(); }, kRun));
  EXPECT_NE(text(studio, "evaluation_message").find("ru77"), std::string::npos);
  EXPECT_NE(text(studio, "evaluation_message").find("ru5"), std::string::npos) << "the splits that there are";
  EXPECT_TRUE(button(studio, "evaluation_start")->isEnabled());
}

TEST(StudioConfusionView, WalksWithKeysAndTellsItsCells) {
  ConfusionView view;
  view.set_confusion({{"sit", "jump"}, {{3, 1}, {0, 2}}}, 1);
  view.resize(300, view.heightForWidth(300));
  view.show();
  std::vector<std::pair<std::size_t, std::size_t>> chosen;
  QObject::connect(&view, &ConfusionView::cell_chosen, &view,
                   [&](std::size_t truth, std::size_t said) { chosen.emplace_back(truth, said); });
  EXPECT_EQ(view.describe({0, 1}), "true sit, said jump: 1 of 4 clips (25.0 %)");
  QTest::keyClick(&view, Qt::Key_Right);
  EXPECT_EQ(view.accessibleDescription(), view.describe({0, 1}));
  QTest::keyClick(&view, Qt::Key_Return);
  QTest::keyClick(&view, Qt::Key_Down);
  QTest::keyClick(&view, Qt::Key_Down);
  QTest::keyClick(&view, Qt::Key_Enter);
  QTest::mouseClick(&view, Qt::LeftButton, {}, view.cell_rect({1, 0}).center().toPoint());
  QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(1, 1));
  EXPECT_EQ(chosen, (std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}, {1, 1}, {1, 0}}));
  view.set_confusion({{"sit", "jump"}, {{6, 4}, {0, 2}}}, 2);
  EXPECT_EQ(view.describe({0, 1}), "true sit, said jump: 4 of 10 decisions (40.0 %)");
}

}  // namespace
}  // namespace purlscope::test
