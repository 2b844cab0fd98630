#include "tests/app/studio/widget_walk.h"

#include <QDialog>

#include "app/studio/commands/command_palette.h"
#include "app/studio/commands/command_table.h"
#include "app/studio/widgets/dock.h"

namespace purlscope::test {
namespace {

void settle() {
  QTest::qWait(20);
  QCoreApplication::processEvents();
}

/// Dialogs that a command opens and that do not keep the test waiting.
const char* const kDialogs[] = {"live.connect", "help.keys", "help.diagnostics", "help.about"};

QWidget* newest_window(const QWidget& main) {
  for (QWidget* window : QApplication::topLevelWidgets()) {
    if (window != &main && window->isVisible() && window->parentWidget() == &main && qobject_cast<QDialog*>(window)) {
      return window;
    }
  }
  return nullptr;
}

}  // namespace

void show_all(Studio& studio, const std::function<void(const std::string&, QWidget&)>& visit) {
  app::MainWindow& window = studio.window();
  app::CommandTable& commands = window.commands();
  settle();
  visit("window", window);
  for (app::Dock* dock : window.findChildren<app::Dock*>()) {
    const bool hidden = dock->isHidden();
    dock->reveal();
    settle();
    visit("panel " + dock->objectName().toStdString(), *dock);
    dock->setVisible(!hidden);
  }
  for (const char* page : {"labels.sentences", "refinement.bank", "refinement.scores", "refinement.options"}) {
    commands.run(QLatin1String(page));
    settle();
    visit(page, window);
  }
  window.palette_overlay().open();
  settle();
  visit("palette", window.palette_overlay());
  QTest::keyClick(studio.find<QWidget>("palette_query"), Qt::Key_Escape);
  for (const char* dialog : kDialogs) {
    commands.run(QLatin1String(dialog));
    settle();
    QWidget* opened = newest_window(window);
    if (opened == nullptr) throw std::runtime_error(std::string("no dialog after ") + dialog);
    visit(dialog, *opened);
    opened->close();
    settle();
  }
}

std::string who(const QWidget& widget) {
  std::string text = std::string(widget.metaObject()->className()) + " " + widget.objectName().toStdString();
  for (const QWidget* up = widget.parentWidget(); up != nullptr; up = up->parentWidget()) {
    if (!up->objectName().isEmpty() && !up->objectName().startsWith("qt_")) {
      return text + " in " + up->objectName().toStdString();
    }
  }
  return text;
}

}  // namespace purlscope::test
