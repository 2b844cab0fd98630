// The choice of the language.
#include <QMessageBox>

#include "app/studio/commands/command_table.h"
#include "app/studio/main_window.h"

namespace purlscope::app {

void MainWindow::add_language_commands() {
  const auto row = [this](const char* code, const QString& text, const QString& tooltip, Language language) {
    commands_->add(tr("Appearance"), {.id = QStringLiteral("show.language.") + QString::fromLatin1(code),
                                      .text = text,
                                      .tooltip = tooltip,
                                      .keys = {},
                                      .run = [this, language] { choose_language(language); },
                                      .checked = [this, language] { return settings_.language() == language; }});
  };
  row("system", tr("Language of the desktop"), tr("Show the words in the language of the desktop where it is known"),
      Language::system);
  // Named in themselves, so that whoever cannot read the window finds the own one.
  row("en", QStringLiteral("English"), tr("Show the words in English"), Language::english);
  row("de", QStringLiteral("Deutsch"), tr("Show the words in German"), Language::german);
}

void MainWindow::choose_language(Language language) {
  if (language == settings_.language()) return;
  settings_.set_language(language);
  auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Language"),
                              tr("The language changes when Purlscope starts next."), QMessageBox::Ok, this);
  box->setObjectName(QStringLiteral("language_note"));
  box->setInformativeText(tr("Save the session before you close the window, and open it again: all is as it was."));
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setModal(false);
  box->show();
}

}  // namespace purlscope::app
