// The window around it: commands, layout, bad files, accessibility, no OpenGL.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QDockWidget>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QScrollBar>
#include <QSettings>
#include <QTreeView>
#include <random>
#include <set>

#include "app/studio/commands/command_palette.h"
#include "app/studio/commands/command_table.h"
#include "app/studio/commands/key_sheet.h"
#include "app/studio/panels/labels/label_model.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/widgets/dock.h"
#include "app/studio/widgets/file_dialog.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

TEST(StudioCommandsGui, PaletteFindsAndRunsACommand) {
  Studio studio;
  QTest::keyClick(&studio.window(), Qt::Key_K, Qt::ControlModifier);
  auto* query = studio.find<QLineEdit>("palette_query");
  ASSERT_TRUE(query->isVisible());
  QTest::keyClicks(query, "light th");
  ASSERT_FALSE(studio.window().palette_overlay().shown().isEmpty());
  EXPECT_EQ(studio.window().palette_overlay().shown().front(), "show.theme.light");
  QTest::keyClick(query, Qt::Key_Return);
  EXPECT_FALSE(query->isVisible());
  EXPECT_EQ(app::scheme_of(QApplication::palette()), app::Scheme::light);
  studio.window().choose_theme(app::ThemeChoice::dark);
}

TEST(StudioCommandsGui, PaletteClosesOnEscapeAndListsEverythingAtFirst) {
  Studio studio;
  QTest::keyClick(&studio.window(), Qt::Key_K, Qt::ControlModifier);
  EXPECT_EQ(static_cast<std::size_t>(studio.window().palette_overlay().shown().size()),
            studio.window().commands().size());
  QTest::keyClick(studio.find<QLineEdit>("palette_query"), Qt::Key_Escape);
  EXPECT_FALSE(studio.window().palette_overlay().isVisible());
}

TEST(StudioCommandsGui, KeySheetListsEveryCommandThatHasAKey) {
  Studio studio;
  QTest::keyClick(&studio.window(), Qt::Key_F1);
  auto* sheet = studio.window().findChild<app::KeySheet*>();
  ASSERT_NE(sheet, nullptr);
  std::set<QString> listed;
  for (const QLabel* label : sheet->findChildren<QLabel*>()) {
    if (label->property("command").isValid()) listed.insert(label->property("command").toString());
  }
  for (const app::CommandGroup& group : studio.window().commands().groups()) {
    for (const QString& id : group.ids) {
      const bool has_key = !studio.window().commands().command(id).keys.isEmpty();
      EXPECT_EQ(listed.contains(id), has_key) << id.toStdString();
    }
  }
}

TEST(StudioCommandsGui, EveryCommandIsInAMenuAndExplained) {
  Studio studio;
  for (const app::CommandGroup& group : studio.window().commands().groups()) {
    for (const QString& id : group.ids) {
      EXPECT_FALSE(studio.window().commands().command(id).text.isEmpty());
      EXPECT_FALSE(studio.window().commands().command(id).tooltip.isEmpty()) << id.toStdString();
      // Its key scope, and at least one menu or button.
      EXPECT_GE(studio.window().commands().action(id)->associatedObjects().size(), 2) << id.toStdString();
    }
  }
}

TEST(StudioCommandsGui, TwoCommandsCannotShareAKey) {
  QWidget window;
  app::CommandTable table(&window);
  table.add("A", {.id = "a", .text = "a", .tooltip = "a", .keys = {QKeySequence("X")}, .run = [] {}});
  EXPECT_THROW(table.add("A", {.id = "b", .text = "b", .tooltip = "b", .keys = {QKeySequence("X")}, .run = [] {}}),
               Error);
  EXPECT_THROW(table.add("A", {.id = "a", .text = "c", .tooltip = "c", .keys = {}, .run = [] {}}), Error);
}

/// Few people train: that panel comes when it is asked for.
bool hidden_at_first(const QDockWidget* dock) {
  return dock->objectName() == "training" || dock->objectName() == "evaluation";
}

TEST(StudioLayoutGui, ResetLayoutBringsEveryPanelBack) {
  Studio studio;
  for (QDockWidget* dock : studio.window().findChildren<QDockWidget*>()) dock->close();
  studio.window().commands().run("view.reset_layout");
  for (const QDockWidget* dock : studio.window().findChildren<QDockWidget*>()) {
    EXPECT_EQ(dock->isHidden(), hidden_at_first(dock)) << dock->objectName().toStdString();
    EXPECT_FALSE(dock->isFloating());
  }
}

TEST(StudioLayoutGui, DamagedSettingsMeanDefaults) {
  const auto file = core::user_config_dir() / "studio.ini";
  for (const QByteArray& garbage : {QByteArray("\x00\xff\xfenot an ini file [[[", 22),
                                    QByteArray("[window]\ngeometry=@ByteArray(garbage)\nlayout=@ByteArray("
                                               "\\0\\0\\0\\xff broken)\n[appearance]\ntheme=7\n"),
                                    QByteArray("[window]\nlayout=@Variant(\\0\\0\\0\\x7f)\n[recent]\n=@Invalid()\n")}) {
    QFile out(QString::fromStdString(file.string()));
    ASSERT_TRUE(out.open(QIODevice::WriteOnly));
    out.write(garbage);
    out.close();
    Studio studio;
    studio.window().restore_layout();
    for (const QDockWidget* dock : studio.window().findChildren<QDockWidget*>()) {
      EXPECT_EQ(dock->isHidden(), hidden_at_first(dock)) << dock->objectName().toStdString();
    }
  }
  QFile::remove(QString::fromStdString(file.string()));
}

TEST(StudioLayoutGui, PanelsComeBackAsTheyWereLeft) {
  {
    Studio studio;
    studio.window().commands().run("view.dock.refinement");
    ASSERT_TRUE(studio.find<QDockWidget>("refinement")->isHidden());
  }
  Studio again;
  again.window().restore_layout();
  EXPECT_TRUE(again.find<QDockWidget>("refinement")->isHidden());
  EXPECT_FALSE(again.find<QDockWidget>("labels")->isHidden());
  again.window().commands().run("view.reset_layout");
}

/// As a version that did not know the panel yet has left it: the panel's name is not in it.
TEST(StudioLayoutGui, ALayoutOfAnEarlierVersionGetsTheNewPanelBesideTheInputCheck) {
  const auto file = QString::fromStdString((core::user_config_dir() / "studio.ini").string());
  QByteArray layout;
  {
    Studio studio;
    auto* dock = studio.find<QDockWidget>("refinement");
    dock->setObjectName("some other panel");
    layout = studio.window().saveState(2);
    dock->setObjectName("refinement");
  }
  {
    QSettings settings(file, QSettings::IniFormat);
    settings.setValue("window/layout", layout);
    settings.remove("window/layout_check");  // an earlier version wrote none
  }
  {
    Studio studio;
    studio.window().restore_layout();
    auto* dock = studio.find<QDockWidget>("refinement");
    EXPECT_FALSE(dock->isHidden());
    EXPECT_FALSE(dock->isFloating());
    EXPECT_TRUE(studio.window().tabifiedDockWidgets(studio.find<QDockWidget>("input")).contains(dock));
    studio.window().commands().run("view.reset_layout");
  }
  QFile::remove(file);
}

std::map<QString, QRect> places(Studio& studio) {
  std::map<QString, QRect> found;
  for (const app::Dock* dock : studio.window().findChildren<app::Dock*>()) {
    if (dock->in_sight()) found[dock->objectName()] = dock->geometry();
  }
  return found;
}

TEST(StudioLayoutGui, ResetLayoutEqualsTheFirstStart) {
  Studio studio;
  QTest::qWait(50);  // the panels take their places
  const auto first = places(studio);
  studio.window().resizeDocks({studio.find<QDockWidget>("library")}, {400}, Qt::Horizontal);
  studio.window().addDockWidget(Qt::LeftDockWidgetArea, studio.find<QDockWidget>("attention"));
  studio.find<QDockWidget>("input")->setFloating(true);
  QTest::qWait(50);
  ASSERT_NE(places(studio), first);
  studio.window().commands().run("view.reset_layout");
  EXPECT_TRUE(wait_until([&] { return places(studio) == first; }, 3000));
}

TEST(StudioLayoutGui, TheSixFirstLabelsAreInSight) {
  Studio studio;
  studio.window().resize(1440, 900);
  studio.window().open_bundled();
  ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
  studio.window().commands().run("view.reset_layout");
  const auto* table = studio.find<QAbstractItemView>("label_table");
  ASSERT_EQ(table->model()->rowCount(), 6);
  EXPECT_TRUE(wait_until([&] { return table->verticalScrollBar()->maximum() == 0; }, 2000))
      << table->verticalScrollBar()->maximum() << " pixels are out of sight";
}

TEST(StudioLayoutGui, SmallWindowKeepsEveryPanelWhole) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("small.skeleton"));
  studio.window().resize(800, 600);
  ASSERT_TRUE(wait_until([&] { return studio.window().size() == QSize(800, 600); }));
  QTest::qWait(50);
  for (QDockWidget* dock : studio.window().findChildren<QDockWidget*>()) {
    studio.window().commands().run("view.dock." + dock->objectName());  // one behind a tab comes to the front
    if (dock->isHidden()) studio.window().commands().run("view.dock." + dock->objectName());
    QTest::qWait(20);
    EXPECT_TRUE(studio.window().rect().contains(dock->geometry()))
        << dock->objectName().toStdString() << " from " << dock->x() << ", " << dock->y() << ", " << dock->width()
        << " x " << dock->height();
    EXPECT_GE(dock->height(), dock->minimumSizeHint().height()) << dock->objectName().toStdString();
    EXPECT_GE(dock->width(), dock->minimumSizeHint().width()) << dock->objectName().toStdString();
  }
  studio.window().resize(1280, 800);
  EXPECT_TRUE(
      wait_until([&] { return studio.window().tabifiedDockWidgets(studio.find<QDockWidget>("labels")).isEmpty(); }));
}

TEST(StudioLayoutGui, LabelsAndEditedSentencesComeBack) {
  {
    Studio studio;
    studio.type_label("toss a frisbee");
    studio.session().edit_sentence(0, 1, "the hands flick a disc");
  }
  Studio again;
  again.window().restore_layout();
  again.window().open_bundled();
  ASSERT_EQ(again.session().labels().labels.size(), 1U);
  EXPECT_EQ(again.session().labels().labels[0].text, "toss a frisbee");
  EXPECT_EQ(again.session().labels().labels[0].sentences[1].text, "the hands flick a disc");
  EXPECT_TRUE(again.session().edited(0));
  EXPECT_FALSE(again.session().undo_stack()->canUndo());
}

TEST(StudioLayoutGui, UnknownColourMapMeansTheStandardOne) {
  QSettings settings(QString::fromStdString((core::user_config_dir() / "studio.ini").string()), QSettings::IniFormat);
  settings.setValue("view/colour_map", "jet");
  settings.sync();
  Studio studio;
  EXPECT_EQ(studio.session().display().colour_map, "viridis");
  studio.set_labels({"wave"});
  studio.open(write_clip("jet.skeleton"));
  app::Display display = studio.session().display();
  display.colour_map = "jet";
  studio.session().set_display(display);
  EXPECT_EQ(studio.session().display().colour_map, "viridis");
  EXPECT_TRUE(studio.window().banner().isVisible());
  EXPECT_TRUE(studio.window().banner().text().contains("jet"));
  ASSERT_NE(studio.window().view().viewport(), nullptr);
  EXPECT_TRUE(studio.window().view().viewport()->isVisible());
}

std::string noise(std::size_t bytes) {
  std::mt19937 random(7);
  std::string text(bytes, '\0');
  for (char& c : text) c = static_cast<char>(random());
  return text;
}

TEST(StudioBadInputGui, BadFilesAreToldAndTheWindowGoesOn) {
  Studio studio;
  studio.set_labels({"wave"});
  const auto good = write_clip("good.skeleton");
  std::string truncated;
  {
    QFile file(QString::fromStdString(good.string()));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    truncated = file.read(4000).toStdString();
  }
  const std::vector<std::filesystem::path> bad = {
      write_file("empty.skeleton", ""),
      write_file("noise.skeleton", noise(20000)),
      write_file("noise.mat", noise(20000)),
      write_file("cut.skeleton", truncated),
      write_file("huge.skeleton", "99999999999999\n1\n"),
      write_file("letter.txt", "dear reader\n"),
      temp_dir() / "does_not_exist.skeleton",
  };
  app::Banner& banner = studio.window().banner();
  for (const auto& file : bad) {
    banner.dismiss();
    studio.window().open_paths({file});
    ASSERT_TRUE(wait_until([&] { return banner.isVisible(); })) << file;
    EXPECT_TRUE(banner.text().contains(QString::fromStdString(file.filename().string())))
        << banner.text().toStdString();
  }
  QTest::mouseClick(studio.find<QAbstractButton>("banner_close"), Qt::LeftButton);
  EXPECT_FALSE(banner.isVisible());
  studio.open(good);
  EXPECT_NE(studio.session().score(0), nullptr);
}

TEST(StudioBadInputGui, AMessageGoesWithItsCause) {
  Studio studio;
  app::Banner& banner = studio.window().banner();
  studio.window().open_paths({write_file("sad.skeleton", "no numbers")});
  ASSERT_TRUE(wait_until([&] { return banner.isVisible(); }));
  EXPECT_TRUE(banner.text().startsWith("Not opened: ")) << banner.text().toStdString();
  studio.window().open_paths({write_file("sadder.skeleton", "none")});
  ASSERT_TRUE(wait_until([&] { return banner.text().contains("sadder"); }));
  EXPECT_FALSE(studio.find<QLabel>("banner_text")->text().contains("more message"));
  studio.open(write_clip("glad.skeleton"), false);
  EXPECT_FALSE(banner.isVisible());
}

TEST(StudioBadInputGui, FolderWithoutClipsIsToldInPlace) {
  Studio studio;
  std::filesystem::create_directories(temp_dir() / "nothing_here");
  studio.window().open_paths({temp_dir() / "nothing_here"});
  EXPECT_TRUE(wait_until([&] { return studio.window().banner().isVisible(); }));
}

TEST(StudioDialogsGui, FileDialogShowsIconsAndWholeColumns) {
  write_file("dialog/recording.skeleton", "");
  app::FileDialog dialog(nullptr, "Open", QString::fromStdString((temp_dir() / "dialog").string()), "All files (*)");
  dialog.show();
  for (const char* name : {"backButton", "forwardButton", "toParentButton", "newFolderButton", "detailModeButton"}) {
    const auto* button = dialog.findChild<QAbstractButton*>(QLatin1String(name));
    ASSERT_NE(button, nullptr) << name;
    EXPECT_FALSE(button->icon().isNull()) << name;
  }
  const auto* list = dialog.findChild<QTreeView*>("treeView");
  ASSERT_NE(list, nullptr);
  ASSERT_TRUE(wait_until([&] { return list->model()->rowCount(list->rootIndex()) == 1; }));
  const auto is_whole = [&](int column) {
    return list->columnWidth(column) >= static_cast<const QAbstractItemView*>(list)->sizeHintForColumn(column);
  };
  EXPECT_TRUE(wait_until([&] { return is_whole(0) && is_whole(1) && is_whole(2) && is_whole(3); }));
}

TEST(StudioAccessibilityGui, EveryControlHasANameAndATooltip) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("names.skeleton"));
  for (QWidget* widget : studio.window().findChildren<QWidget*>()) {
    if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() != nullptr) continue;
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
    ASSERT_NE(face, nullptr);
    const std::string who = std::string(widget->metaObject()->className()) + " " + widget->objectName().toStdString();
    if (widget->inherits("QScrollArea")) continue;  // a frame around content, no control
    EXPECT_FALSE(face->text(QAccessible::Name).isEmpty()) << who;
    if (widget->inherits("QAbstractButton") || widget->inherits("QLineEdit") || widget->inherits("QComboBox")) {
      EXPECT_FALSE(widget->toolTip().isEmpty()) << who;
    }
  }
}

/// The real program, on a platform without OpenGL.
TEST(StudioWithoutGlGui, TheProgramSaysSoAndWorks) {
  const auto picture = temp_dir() / "offscreen.png";
  QProcess program;
  program.start(PURLSCOPE_PROGRAM, {"-platform", "offscreen", "--empty", "--labels", "wave,kick", "--size", "1200x800",
                                    "--after", "1500", "--screenshot", QString::fromStdString(picture.string()),
                                    QString::fromStdString(write_clip("offscreen.skeleton").string())});
  ASSERT_TRUE(program.waitForFinished(60000));
  EXPECT_EQ(program.exitStatus(), QProcess::NormalExit);
  EXPECT_EQ(program.exitCode(), 0) << program.readAllStandardError().toStdString();
  const QImage image(QString::fromStdString(picture.string()));
  EXPECT_EQ(image.size(), QSize(1200, 800));
}

TEST(StudioWithoutGlGui, BadOptionsEndWithTwo) {
  for (const QStringList& options :
       {QStringList{"--size", "huge"}, QStringList{"--theme", "pink"}, QStringList{"--sentence", "nose"},
        QStringList{"--no-such-option"}, QStringList{"--labels", "wave,wave"}}) {
    QProcess program;
    program.start(PURLSCOPE_PROGRAM, QStringList{"-platform", "offscreen"} + options);
    ASSERT_TRUE(program.waitForFinished(30000));
    EXPECT_EQ(program.exitCode(), 2) << options.join(' ').toStdString();
    EXPECT_FALSE(program.readAllStandardError().isEmpty());
  }
}

}  // namespace
}  // namespace purlscope::test
