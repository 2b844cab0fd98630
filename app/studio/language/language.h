#pragma once

#include <QString>
#include <QStringList>

namespace purlscope::app {

/// The language of the window's words. Messages of readers, engine and command line are English in all of them.
enum class Language { system, english, german };

/// "system", "en", "de"; as settings keep it.
QString language_code(Language language);
/// Anything else is the system's.
Language language_of(const QString& code);

/// The language that is shown for a choice. @param wishes of the system, most wanted first: "de-AT", "en"
Language shown_language(Language choice, const QStringList& wishes);

/// Makes the words of all windows that are made from now on those of a language. Numbers keep the decimal point in
/// every language, as in the files that the program reads and writes. Call after QApplication. Thread: UI.
void use_language(Language choice);

}  // namespace purlscope::app
