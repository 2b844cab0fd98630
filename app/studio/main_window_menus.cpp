// Menus made of the command table, and the few dialogs.
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QToolButton>

#include "app/studio/commands/command_table.h"
#include "app/studio/commands/key_sheet.h"
#include "app/studio/main_window.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/file_dialog.h"
#include "core/base/paths.h"

namespace purlscope::app {
namespace {

/// Commands after which a menu shows a line.
const QStringList kSeparators = {QStringLiteral("file.open_folder"),    QStringLiteral("file.save_session_as"),
                                 QStringLiteral("file.search"),         QStringLiteral("view.perspective"),
                                 QStringLiteral("view.clear_pins"),     QStringLiteral("view.dock.timeline"),
                                 QStringLiteral("show.floor"),          QStringLiteral("show.map.turbo"),
                                 QStringLiteral("show.theme.light"),    QStringLiteral("playback.end"),
                                 QStringLiteral("timeline.stop"),       QStringLiteral("timeline.repeat_segment"),
                                 QStringLiteral("timeline.zoom_all"),   QStringLiteral("timeline.window.5"),
                                 QStringLiteral("playback.forwards"),   QStringLiteral("playback.faster"),
                                 QStringLiteral("labels.follow"),       QStringLiteral("labels.remove"),
                                 QStringLiteral("sentence.global"),     QStringLiteral("refinement.learn"),
                                 QStringLiteral("refinement.undo_all"), QStringLiteral("refinement.reset"),
                                 QStringLiteral("refinement.load"),     QStringLiteral("help.keys"),
                                 QStringLiteral("view.full_screen")};

}  // namespace

void MainWindow::make_menus() {
  for (const CommandGroup& group : commands_->groups()) {
    QMenu* menu = menuBar()->addMenu(group.title);
    menu->setObjectName(QStringLiteral("menu_") + group.ids.front().section(QLatin1Char('.'), 0, 0));
    menu->setToolTipsVisible(true);
    QMenu* exports = nullptr;
    for (const QString& command : group.ids) {
      if (command.startsWith(QStringLiteral("export."))) {  // all of them in a menu of their own
        if (exports == nullptr) exports = menu->addMenu(tr("Export"));
        exports->setToolTipsVisible(true);
        exports->addAction(commands_->action(command));
        if (command == QStringLiteral("export.report")) menu->addSeparator();
        continue;
      }
      menu->addAction(commands_->action(command));
      if (command == QStringLiteral("file.open_folder")) {
        recent_menu_ = menu->addMenu(tr("Open recent"));
        recent_menu_->setToolTipsVisible(true);
        connect(recent_menu_, &QMenu::aboutToShow, this, &MainWindow::fill_recent_menu);
      }
      if (command == QStringLiteral("live.connect")) {
        recent_sources_ = menu->addMenu(tr("Connect again"));
        recent_sources_->setToolTipsVisible(true);
        connect(recent_sources_, &QMenu::aboutToShow, this, &MainWindow::fill_recent_sources);
        menu->addSeparator();
      }
      if (kSeparators.contains(command)) menu->addSeparator();
    }
    connect(menu, &QMenu::aboutToShow, commands_, &CommandTable::refresh);
  }
  auto* hint = new QToolButton;
  hint->setText(tr("Ctrl+K  commands"));
  hint->setProperty("flat", true);
  hint->setProperty("text_button", true);
  hint->setFocusPolicy(Qt::TabFocus);
  hint->setToolTip(tr("Search all commands"));
  hint->setAccessibleName(tr("Command palette"));
  connect(hint, &QToolButton::clicked, this, [this] { commands_->run(QStringLiteral("help.palette")); });
  menuBar()->setCornerWidget(hint);
}

void MainWindow::ask_for_paths(const QString& title, const QString& filters) {
  const QStringList recent = settings_.recent();
  FileDialog dialog(this, title, recent.isEmpty() ? QString() : QFileInfo(recent.front()).absolutePath(), filters);
  if (dialog.exec() != QDialog::Accepted) return;
  std::vector<std::filesystem::path> paths;
  for (const QString& path : dialog.selectedFiles()) paths.emplace_back(path.toStdString());
  open_paths(paths);
}

void MainWindow::ask_for_files() { ask_for_paths(tr("Open recordings"), recording_filters()); }

void MainWindow::ask_for_folder() { ask_for_paths(tr("Open a folder of recordings"), {}); }

void MainWindow::show_key_sheet() {
  if (auto* open = findChild<KeySheet*>()) {
    open->close();
    return;
  }
  (new KeySheet(*commands_, this))->show();
}

void MainWindow::show_about() {
  QStringList lines{tr("Version %1").arg(QString::fromUtf8(core::version().data(), qsizetype(core::version().size())))};
  if (engine_->state() == EngineLink::State::ready) {
    const core::EngineInfo& info = engine_->info();
    lines << tr("Model %1, text encoder %2")
                 .arg(QString::fromStdString(info.model), QString::fromStdString(info.text_encoder))
          << tr("Engine %1, %2").arg(QString::fromStdString(info.device), QString::fromStdString(info.build));
  }
  if (view_->viewport() != nullptr) lines << tr("Graphics %1").arg(view_->viewport()->description());
  lines << tr("Qt %1").arg(QString::fromLatin1(qVersion()));
  auto* box =
      new QMessageBox(QMessageBox::NoIcon, tr("About Purlscope"), QStringLiteral("Purlscope"), QMessageBox::Ok, this);
  box->setInformativeText(tr("Shows which joints, and when, a sentence about an action is looking at.") +
                          QStringLiteral("\n\n") + lines.join(QLatin1Char('\n')));
  box->setObjectName(QStringLiteral("about"));
  box->setIconPixmap(windowIcon().pixmap(48, 48));
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setModal(false);
  box->show();
}

}  // namespace purlscope::app
