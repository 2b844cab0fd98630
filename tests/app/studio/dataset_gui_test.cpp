// A folder as a data set, by mouse and keys: kind, filters, problems, splits, labels.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QTimer>
#include <QTreeView>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/library/library_model.h"
#include "app/studio/panels/library/problems/problem_model.h"
#include "app/studio/session/session.h"
#include "core/formats/dataset/split/own_split.h"
#include "tests/app/studio/support.h"
#include "tests/support/shared.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;
using app::LibraryModel;

void click(Studio& studio, const char* button) {
  auto* found = studio.find<QAbstractButton>(button);
  ASSERT_TRUE(found->isVisible()) << button;
  ASSERT_TRUE(found->isEnabled()) << button;
  QTest::mouseClick(found, Qt::LeftButton);
}

void click_row(QAbstractItemView* view, const QModelIndex& row) {
  view->scrollTo(row);
  QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(row).center());
}

/// Chooses by keys, as from the keyboard alone.
void choose(Studio& studio, const char* box, const QString& text) {
  auto* combo = studio.find<QComboBox>(box);
  ASSERT_TRUE(combo->isVisible()) << box;
  const int row = combo->findText(text, Qt::MatchStartsWith);
  ASSERT_GE(row, 0) << text.toStdString();
  combo->setFocus();
  while (combo->currentIndex() < row) QTest::keyClick(combo, Qt::Key_Down);
  while (combo->currentIndex() > row) QTest::keyClick(combo, Qt::Key_Up);
}

/// Chooses a file in the dialog that the click opens, and accepts it. A dialog that stays is given up.
void click_and_name_file(Studio& studio, const char* button, const fs::path& file) {
  constexpr int kTries = 500;
  int tries = 0;
  QTimer timer;
  QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
    auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
    if (dialog == nullptr) return;
    auto* accept = dialog->findChild<QDialogButtonBox*>()->buttons().front();
    const QStringList wanted{QString::fromStdString(file.string())};
    if (++tries > kTries) {
      ADD_FAILURE() << "the dialog offers " << dialog->selectedFiles().join(QLatin1Char(' ')).toStdString();
      dialog->reject();
    } else if (dialog->selectedFiles() != wanted || !accept->isEnabled()) {
      // Not typed: a path that arrives letter by letter makes the dialog read the folders on its way, and it marks
      // their rows whenever they come. Again, since it clears the name when a folder that it watches changes.
      dialog->selectFile(wanted.front());
    } else {
      QTest::mouseClick(accept, Qt::LeftButton);
    }
  });
  timer.start(20);
  click(studio, button);
  QApplication::setActiveWindow(&studio.window());  // no window manager gives it back
  EXPECT_GT(tries, 0) << "the dialog never came";
}

QAbstractItemView* clip_list(Studio& studio) { return studio.find<QAbstractItemView>("library_list"); }

QString counts(Studio& studio) {
  return studio.find_role("library_counts")->text().replace(QChar::Nbsp, QLatin1Char(' '));
}

void open_nw_ucla(Studio& studio) {
  studio.window().open_paths({shared_dir() / "data" / "nw-ucla"});
  ASSERT_TRUE(wait_until([&] { return clip_list(studio)->model()->rowCount() == 10; }));
  ASSERT_TRUE(wait_until([&] { return studio.session().clip() != nullptr; })) << "the first clip is shown";
}

TEST(StudioDatasetGui, FolderIsRecognisedFilteredAndItsClipsOpen) {
  PURLSCOPE_NEEDS_SHARED();
  Studio studio;
  studio.set_labels({"wave"});
  open_nw_ucla(studio);
  EXPECT_EQ(studio.find<QComboBox>("library_source")->currentText(), "NW-UCLA");
  EXPECT_EQ(counts(studio), "1,484 clips · 10 classes · 10 subjects · 3 cameras");

  choose(studio, "library_class", "throw");
  choose(studio, "library_camera", "Camera 2");
  choose(studio, "library_subject", "Subject 4");
  QAbstractItemView* list = clip_list(studio);
  ASSERT_EQ(list->model()->rowCount(), 1);
  const QModelIndex throws = list->model()->index(0, 0);
  EXPECT_EQ(throws.data().toString(), "throw");
  const int clips = list->model()->rowCount(throws);
  ASSERT_GT(clips, 0);
  EXPECT_TRUE(counts(studio).startsWith(QStringLiteral("%1 of 1,484 clips").arg(clips)))
      << counts(studio).toStdString();
  click_row(list, list->model()->index(clips - 1, 0, throws));
  ASSERT_TRUE(wait_until([&] { return studio.settled() && studio.session().clip()->label == "throw"; }));
  EXPECT_EQ(studio.session().clip()->name.substr(0, 7), "a11_s04");
  EXPECT_NE(studio.session().clip()->name.find("_v02"), std::string::npos);

  QTest::keyClick(&studio.window(), Qt::Key_F, Qt::ControlModifier);
  QTest::keyClicks(studio.find<QLineEdit>("library_search"), "no such clip");
  EXPECT_FALSE(list->isVisible());
  click(studio, "library_show_all");
  EXPECT_EQ(counts(studio), "1,484 clips · 10 classes · 10 subjects · 3 cameras");
  EXPECT_EQ(list->currentIndex().data(LibraryModel::kGroup).toString(), "throw") << "the open clip stays marked";
}

TEST(StudioDatasetGui, ClassesOpenAndCloseByMouseAndKeys) {
  PURLSCOPE_NEEDS_SHARED();
  Studio studio;
  open_nw_ucla(studio);
  auto* list = studio.find<QTreeView>("library_list");
  const QModelIndex last = list->model()->index(9, 0);
  EXPECT_FALSE(list->isExpanded(last)) << "many clips: the classes are closed";
  click_row(list, last);
  EXPECT_TRUE(list->isExpanded(last));
  list->setFocus();
  list->setCurrentIndex(last);
  QTest::keyClick(list, Qt::Key_Left);
  EXPECT_FALSE(list->isExpanded(last));
  QTest::keyClick(list, Qt::Key_Return);
  ASSERT_TRUE(list->isExpanded(last));
  QTest::keyClick(list, Qt::Key_Down);
  EXPECT_TRUE(wait_until([&] { return studio.session().clip()->label == "carry"; }));
}

TEST(StudioDatasetGui, PublishedSplitsDivideTheClips) {
  PURLSCOPE_NEEDS_SHARED();
  Studio studio;
  open_nw_ucla(studio);
  EXPECT_TRUE(studio.find<QComboBox>("library_part")->isHidden());
  click(studio, "library_split");
  choose(studio, "split_chooser", "ru2");
  choose(studio, "recording_chooser", "xview ·");
  EXPECT_EQ(studio.find_role("split_state")->text(), "2 unseen, 8 seen");
  EXPECT_EQ(studio.find_role("recording_note")->text(), "Training: 1,020 clips. Test: 464 clips (camera 3).");
  click(studio, "split_back");
  EXPECT_EQ(studio.find<QAbstractButton>("library_split")->text(), "Split: ru2 + xview");
  choose(studio, "library_part", "Unseen classes");
  const auto* model = clip_list(studio)->model();
  ASSERT_EQ(model->rowCount(), 2);
  EXPECT_EQ(model->index(0, 0).data().toString(), "pick up with two hands");
  EXPECT_TRUE(model->index(0, 0).data(LibraryModel::kUnseen).toBool());
  choose(studio, "library_part", "Test side");
  EXPECT_TRUE(counts(studio).startsWith("464 of 1,484")) << counts(studio).toStdString();
}

TEST(StudioDatasetGui, OwnSplitIsMadeSavedLoadedAndUsedAsLabels) {
  PURLSCOPE_NEEDS_SHARED();
  Studio studio;
  studio.set_labels({"wave"});
  open_nw_ucla(studio);
  click(studio, "library_split");
  EXPECT_FALSE(studio.find<QAbstractButton>("split_save")->isEnabled());
  auto* classes = studio.find<QAbstractItemView>("split_classes");
  click_row(classes, classes->model()->index(8, 0));
  classes->setFocus();
  QTest::keyClick(classes, Qt::Key_Down);
  QTest::keyClick(classes, Qt::Key_Space);
  EXPECT_EQ(studio.find_role("split_state")->text(), "2 unseen, 8 seen");
  EXPECT_EQ(studio.find<QComboBox>("split_chooser")->currentText(), "Own split");
  auto* name = studio.find<QLineEdit>("split_name");
  QTest::mouseClick(name, Qt::LeftButton);
  QTest::keyClicks(name, "arms only");
  const fs::path file = temp_dir() / "arms.json";
  fs::remove(file);
  click_and_name_file(studio, "split_save", file);
  ASSERT_TRUE(fs::exists(file)) << studio.find_role("split_problem")->text().toStdString();
  const core::OwnSplit saved = core::read_own_split(file);
  EXPECT_EQ(saved, (core::OwnSplit{"arms only", "nw-ucla", "", {"throw", "carry"}}));

  choose(studio, "split_chooser", "None");
  EXPECT_EQ(classes->model()->index(8, 0).data(Qt::CheckStateRole).toInt(), Qt::Unchecked);
  click_and_name_file(studio, "split_load", file);
  EXPECT_EQ(classes->model()->index(8, 0).data(Qt::CheckStateRole).toInt(), Qt::Checked);
  EXPECT_EQ(classes->model()->index(0, 0).data(Qt::CheckStateRole).toInt(), Qt::Unchecked);
  EXPECT_EQ(name->text(), "arms only");

  click(studio, "split_use");
  ASSERT_TRUE(wait_until([&] { return studio.settled() && studio.session().labels().labels.size() == 2; }));
  EXPECT_EQ(studio.session().labels().labels[0].text, "throw");
  EXPECT_EQ(studio.session().labels().labels[1].text, "carry");
  EXPECT_NE(studio.session().score(0), nullptr);
  studio.find<QWidget>("split_use")->setFocus();
  QTest::keyClick(studio.find<QWidget>("split_use"), Qt::Key_Z, Qt::ControlModifier);
  ASSERT_EQ(studio.session().labels().labels.size(), 1U);
  EXPECT_EQ(studio.session().labels().labels[0].text, "wave");
  EXPECT_TRUE(studio.window().commands().action("labels.unseen")->isEnabled());
}

TEST(StudioDatasetGui, BadSplitFilesAreToldInPlaceAndChangeNothing) {
  PURLSCOPE_NEEDS_SHARED();
  Studio studio;
  open_nw_ucla(studio);
  click(studio, "library_split");
  choose(studio, "split_chooser", "ru2");
  QLabel* problem = studio.find_role("split_problem");
  EXPECT_TRUE(problem->isHidden());
  click_and_name_file(studio, "split_load",
                      write_file("bad_split.json", R"({"purlscope_split": 1, "unseen": ["swim"]})"));
  EXPECT_TRUE(problem->isVisible());
  EXPECT_TRUE(problem->text().contains("bad_split.json") && problem->text().contains("'swim' is no class"))
      << problem->text().toStdString();
  EXPECT_EQ(studio.find<QComboBox>("split_chooser")->currentText(), "ru2 · 2 unseen");
  choose(studio, "split_chooser", "None");
  EXPECT_TRUE(problem->isHidden());
}

/// A folder with two clips that are the same, one that is cut off and one that is empty.
fs::path troubled_folder() {
  const fs::path folder = temp_dir() / "troubled";
  fs::remove_all(folder);
  for (const char* name : {"S001C001P001R001A023.skeleton", "S001C001P001R002A023.skeleton"}) {
    write_clip(std::string("troubled/") + name);
  }
  write_file("troubled/S001C001P002R001A024.skeleton", "5\n1\n");
  write_file("troubled/S001C001P002R002A024.skeleton", "");
  return folder;
}

TEST(StudioDatasetGui, ProblemsAreListedWithRemedyAndOpenTheirClip) {
  Studio studio;
  studio.window().open_paths({troubled_folder()});
  auto* link = studio.find<QAbstractButton>("library_problems");
  ASSERT_TRUE(wait_until([&] { return link->isVisible(); }));
  EXPECT_EQ(link->text(), "2 problems found ▸") << "missing recordings, an empty file";
  click(studio, "library_problems");
  auto* list = studio.find<QAbstractItemView>("problems_list");
  ASSERT_EQ(list->model()->rowCount(), 2);
  click(studio, "problems_check");
  ASSERT_TRUE(wait_until([&] { return list->model()->rowCount() == 4; }));
  EXPECT_FALSE(studio.find<QAbstractButton>("problems_check")->isVisible()) << "all is read";
  QModelIndex repeat;
  for (int row = 0; row < 4; ++row) {
    const QModelIndex index = list->model()->index(row, 0);
    if (index.data(app::ProblemModel::kTitle).toString() == "Repeats another clip") repeat = index;
  }
  ASSERT_TRUE(repeat.isValid());
  click_row(list, repeat);
  EXPECT_TRUE(wait_until([&] { return studio.session().clip()->name == "S001C001P001R002A023.skeleton"; }));
  const QString details = studio.find_role("problem_details")->text();
  EXPECT_TRUE(details.contains("S001C001P001R002A023.skeleton repeats S001C001P001R001A023.skeleton") &&
              details.contains("Tests count the two once"))
      << details.toStdString();
  QTest::keyClick(list, Qt::Key_Escape);
  EXPECT_FALSE(list->hasFocus());
  click(studio, "problems_back");
  EXPECT_EQ(link->text(), "4 problems found ▸");
}

TEST(StudioDatasetGui, CheckShowsItsProgressAndCanBeStopped) {
  PURLSCOPE_NEEDS_SHARED();
  Studio studio;
  open_nw_ucla(studio);
  studio.window().commands().run("file.problems");
  click(studio, "problems_check");
  auto* progress = studio.find<QWidget>("job_progress");
  ASSERT_TRUE(wait_until([&] { return progress->isVisible(); }));
  EXPECT_TRUE(studio.find_role("job_text")->text().startsWith("Checking NW-UCLA"));
  EXPECT_TRUE(studio.find_role("job_text")->text().contains("of 1,484"));
  EXPECT_FALSE(studio.find<QAbstractButton>("problems_check")->isEnabled());
  click(studio, "job_cancel");
  EXPECT_TRUE(wait_until([&] { return !progress->isVisible(); }));
  EXPECT_TRUE(studio.find<QAbstractButton>("problems_check")->isEnabled()) << "the rest is still to be read";
}

TEST(StudioDatasetGui, EveryControlHasANameForScreenReaders) {
  PURLSCOPE_NEEDS_SHARED();
  Studio studio;
  open_nw_ucla(studio);
  for (const char* page : {"file.split", "file.problems"}) {
    studio.window().commands().run(QString::fromLatin1(page));
    for (const QWidget* widget : studio.find<QWidget>("library_panel")->findChildren<QWidget*>()) {
      const auto* button = qobject_cast<const QAbstractButton*>(widget);
      const bool field = qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractItemView*>(widget) ||
                         qobject_cast<const QLineEdit*>(widget);
      const bool own = !widget->objectName().startsWith("qt_") && !widget->objectName().isEmpty();
      if (!own || (!field && button == nullptr)) continue;
      EXPECT_TRUE(!widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty()))
          << widget->objectName().toStdString();
    }
  }
}

}  // namespace
}  // namespace purlscope::test
