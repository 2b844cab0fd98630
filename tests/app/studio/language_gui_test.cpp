// The window in both languages: nothing is left in the other one, and everything has room.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenuBar>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QToolButton>
#include <QXmlStreamReader>
#include <map>
#include <set>

#include "app/studio/commands/command_table.h"
#include "app/studio/language/language.h"
#include "app/studio/session/session.h"
#include "app/studio/session/settings.h"
#include "app/studio/widgets/narrow_button.h"
#include "app/studio/words.h"
#include "core/base/paths.h"
#include "tests/app/studio/widget_walk.h"
#include "tests/app/studio/window_picture.h"
#include "tests/support/source_dir.h"

namespace purlscope::test {
namespace {

using app::Language;

class StudioLanguageGui : public testing::Test {
 protected:
  void SetUp() override { forget_settings(); }
  void TearDown() override {
    app::use_language(Language::english);
    forget_settings();
  }
};

/// English words whose German ones are others.
std::set<QString> words_to_translate() {
  QFile file(QString::fromStdString((source_dir() / "resources/translations/purlscope_de.ts").string()));
  EXPECT_TRUE(file.open(QIODevice::ReadOnly));
  QXmlStreamReader xml(&file);
  std::set<QString> words, same;
  QString source;
  while (!xml.atEnd()) {
    xml.readNext();
    if (!xml.isStartElement()) continue;
    if (xml.name() == QLatin1String("source")) source = xml.readElementText();
    if (xml.name() == QLatin1String("translation")) (xml.readElementText() == source ? same : words).insert(source);
  }
  for (const QString& word : same) words.erase(word);
  return words;
}

QStringList words_of(const QWidget& widget) {
  QStringList words{widget.toolTip(), widget.accessibleName()};
  if (const auto* label = qobject_cast<const QLabel*>(&widget)) words.append(label->text());
  if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) words.append(button->text());
  if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) words.append(line->placeholderText());
  for (const QAction* action : widget.actions()) words << action->text() << action->toolTip();
  return words;
}

TEST_F(StudioLanguageGui, GermanShowsGermanEverywhere) {
  app::use_language(Language::german);
  Studio studio;
  show_bundled(studio, app::ThemeChoice::dark);
  EXPECT_EQ(studio.window().menuBar()->actions().front()->text(), "Datei");
  EXPECT_EQ(studio.find<QDockWidget>("attention")->windowTitle(), "Aufmerksamkeit");
  EXPECT_EQ(studio.window().commands().command("help.about").text, "Über Purlscope");
  EXPECT_EQ(app::sentence_name(1), "Hände");
  const std::set<QString> english = words_to_translate();
  std::set<std::string> left;
  show_all(studio, [&](const std::string& where, QWidget& root) {
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
      for (const QString& word : words_of(*widget)) {
        if (word.size() > 1 && english.contains(word))
          left.insert(where + ": " + who(*widget) + ": " + word.toStdString());
      }
    }
  });
  for (const std::string& line : left) ADD_FAILURE() << "still English: " << line;
}

/// Pixels that a text lacks; 0 where it has room, or where it is made to be shortened.
int lacking(const QWidget& widget) {
  if (!widget.isVisible() || widget.visibleRegion().isEmpty()) return 0;
  if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
    if (label->objectName() == QLatin1String("keycap")) return 0;  // as wide as the widest key of its column
    if (label->wordWrap() || label->text().isEmpty() || label->textFormat() == Qt::RichText) return 0;
    return label->sizeHint().width() - label->width();
  }
  if (qobject_cast<const app::NarrowButton*>(&widget)) return 0;
  const auto* tool = qobject_cast<const QToolButton*>(&widget);
  if (tool != nullptr && !tool->icon().isNull() && tool->toolButtonStyle() == Qt::ToolButtonIconOnly) return 0;
  const auto* button = qobject_cast<const QPushButton*>(&widget);
  if ((tool == nullptr || tool->text().isEmpty()) && (button == nullptr || button->text().isEmpty())) return 0;
  return widget.sizeHint().width() - widget.width();
}

void expect_room(Language language, QSize size) {
  app::use_language(language);
  Studio studio;
  show_bundled(studio, app::ThemeChoice::dark, size);
  studio.session().choose_label(1);
  studio.session().choose_sentence(1);
  std::map<std::string, int> clipped;
  show_all(studio, [&](const std::string& where, QWidget& root) {
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
      if (const int pixels = lacking(*widget); pixels > 0) clipped[where + ": " + who(*widget)] = pixels;
    }
  });
  for (const auto& [widget, pixels] : clipped) ADD_FAILURE() << widget << " lacks " << pixels << " pixels";
}

TEST_F(StudioLanguageGui, EnglishHasRoom) { expect_room(Language::english, kPictureWindow); }
TEST_F(StudioLanguageGui, GermanHasRoom) { expect_room(Language::german, kPictureWindow); }
TEST_F(StudioLanguageGui, GermanHasRoomInASmallerWindow) { expect_room(Language::german, {1200, 760}); }

TEST_F(StudioLanguageGui, TheChoiceIsKeptAndSaysWhenItIsShown) {
  {
    Studio studio;
    EXPECT_TRUE(studio.window().commands().action("show.language.system")->isChecked());
    studio.window().commands().run("show.language.de");
    EXPECT_TRUE(studio.window().commands().action("show.language.de")->isChecked());
    const auto* note = studio.find<QMessageBox>("language_note");
    EXPECT_TRUE(note->text().contains("starts next")) << note->text().toStdString();
  }
  EXPECT_EQ(app::Settings().language(), Language::german);
  QSettings(QString::fromStdString((core::user_config_dir() / "studio.ini").string()), QSettings::IniFormat)
      .setValue("appearance/language", "klingon");
  EXPECT_EQ(app::Settings().language(), Language::system) << "a damaged file means the desktop's";
}

TEST_F(StudioLanguageGui, TheDesktopDecidesUnlessThePersonDoes) {
  EXPECT_EQ(app::shown_language(Language::system, {"de-AT", "en"}), Language::german);
  EXPECT_EQ(app::shown_language(Language::system, {"de_DE"}), Language::german);
  EXPECT_EQ(app::shown_language(Language::system, {"fr-FR", "de-DE"}), Language::german) << "the next that is known";
  EXPECT_EQ(app::shown_language(Language::system, {"fr-FR"}), Language::english);
  EXPECT_EQ(app::shown_language(Language::system, {"den"}), Language::english) << "Slavey is no German";
  EXPECT_EQ(app::shown_language(Language::system, {}), Language::english);
  EXPECT_EQ(app::shown_language(Language::english, {"de-DE"}), Language::english);
}

TEST_F(StudioLanguageGui, NumbersKeepTheirPoint) {
  for (const Language language : {Language::english, Language::german}) {
    app::use_language(language);
    EXPECT_EQ(app::seconds_text(1.5), "1.5 s");
    EXPECT_EQ(QLocale().toString(1.5), "1.5") << "of fields for numbers";
  }
  EXPECT_EQ(app::number_text(1484), QStringLiteral("1\u202f484")) << "a point or comma would be read as decimals";
  app::use_language(Language::english);
  EXPECT_EQ(app::number_text(1484), "1,484");
}

}  // namespace
}  // namespace purlscope::test
