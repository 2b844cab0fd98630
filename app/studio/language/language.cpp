#include "app/studio/language/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QPointer>
#include <QTranslator>

namespace purlscope::app {
namespace {

/// Words of the program, and those that Qt brings: buttons of questions, the file dialog.
struct Words {
  QPointer<QTranslator> own;
  QPointer<QTranslator> of_qt;
};

void put(QPointer<QTranslator>& place, const QString& name, const QString& folder) {
  delete place;
  auto* translator = new QTranslator(QCoreApplication::instance());
  if (!translator->load(name, folder)) {
    delete translator;
    return;
  }
  place = translator;
  QCoreApplication::installTranslator(translator);
}

}  // namespace

QString language_code(Language language) {
  if (language == Language::german) return QStringLiteral("de");
  return language == Language::english ? QStringLiteral("en") : QStringLiteral("system");
}

Language language_of(const QString& code) {
  if (code == QLatin1String("de")) return Language::german;
  return code == QLatin1String("en") ? Language::english : Language::system;
}

Language shown_language(Language choice, const QStringList& wishes) {
  if (choice != Language::system) return choice;
  for (const QString& wish : wishes) {
    const Language known = language_of(wish.section(QLatin1Char('-'), 0, 0).section(QLatin1Char('_'), 0, 0));
    if (known != Language::system) return known;
  }
  return Language::english;
}

void use_language(Language choice) {
  static Words words;
  const QString code = language_code(shown_language(choice, QLocale::system().uiLanguages()));
  put(words.own, QStringLiteral("purlscope_") + code, QStringLiteral(":/translations"));
  put(words.of_qt, QStringLiteral("qtbase_") + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
  QLocale::setDefault(QLocale::c());
}

}  // namespace purlscope::app
