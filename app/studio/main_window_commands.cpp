// The rows of the command table: everything the window can do.

#include "app/studio/commands/command_palette.h"
#include "app/studio/commands/command_table.h"
#include "app/studio/dataset/folder_jobs.h"
#include "app/studio/history/history.h"
#include "app/studio/live/live_session.h"
#include "app/studio/main_window.h"
#include "app/studio/panels/library/library_panel.h"
#include "app/studio/panels/timeline/mark_edit.h"
#include "app/studio/session/player.h"
#include "app/studio/theme/theme.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/dock.h"
#include "render/colormap.h"

namespace purlscope::app {
namespace {

QString id(const char* text) { return QString::fromLatin1(text); }

QList<QKeySequence> key(const char* text) { return {QKeySequence(QString::fromLatin1(text))}; }

}  // namespace

void MainWindow::add_file_commands() {
  const QString group = tr("File");
  commands_->add(group, {.id = id("file.open"),
                         .text = tr("Open file..."),
                         .tooltip = tr("Open recordings of any known format"),
                         .keys = key("Ctrl+O"),
                         .run = [this] { ask_for_files(); },
                         .icon = id("open-file")});
  commands_->add(group, {.id = id("file.open_folder"),
                         .text = tr("Open folder..."),
                         .tooltip = tr("List the recordings of a folder in the library"),
                         .keys = key("Ctrl+Shift+O"),
                         .run = [this] { ask_for_folder(); },
                         .icon = id("open-folder")});
  add_session_commands();
  add_export_commands();
  commands_->add(group, {.id = id("file.next"),
                         .text = tr("Next clip"),
                         .tooltip = tr("Open the next clip of the library"),
                         .keys = key("PgDown"),
                         .run = [this] { library_->open_neighbour(1); },
                         .enabled = [this] { return library_->shown_count() > 0; },
                         .repeats = true});
  commands_->add(group, {.id = id("file.previous"),
                         .text = tr("Previous clip"),
                         .tooltip = tr("Open the previous clip of the library"),
                         .keys = key("PgUp"),
                         .run = [this] { library_->open_neighbour(-1); },
                         .enabled = [this] { return library_->shown_count() > 0; },
                         .repeats = true});
  const auto page = [&](const char* name, const QString& text, const QString& tooltip, void (LibraryPanel::*shown)(),
                        bool (LibraryPanel::*there)() const) {
    commands_->add(group, {.id = id(name),
                           .text = text,
                           .tooltip = tooltip,
                           .keys = {},
                           .run =
                               [this, shown] {
                                 library_dock_->reveal();
                                 (library_->*shown)();
                               },
                           .enabled = [this, there] { return (library_->*there)(); }});
  };
  page("file.split", tr("Split of the data set..."),
       tr("Choose which classes are unseen, and by what recordings divide"), &LibraryPanel::show_split,
       &LibraryPanel::has_split_page);
  page("file.problems", tr("Problems of the folder..."), tr("Show what is wrong with the folder, and what to do"),
       &LibraryPanel::show_problems, &LibraryPanel::has_problems_page);
  commands_->add(group, {.id = id("file.stop"),
                         .text = tr("Stop reading the folder"),
                         .tooltip = tr("Stop listing or checking the folder; what was learnt so far is kept"),
                         .keys = {},
                         .run = [this] { folders_->cancel(); },
                         .enabled = [this] { return folders_->busy(); }});
  commands_->add(group, {.id = id("file.search"),
                         .text = tr("Search the library"),
                         .tooltip = tr("Go to the search field of the library"),
                         .keys = key("Ctrl+F"),
                         .run =
                             [this] {
                               library_dock_->reveal();
                               library_->focus_search();
                             },
                         .icon = id("search")});
  commands_->add(group, {.id = id("file.quit"),
                         .text = tr("Quit"),
                         .tooltip = tr("Close the window"),
                         .keys = key("Ctrl+Q"),
                         .run = [this] { close(); }});
}

void MainWindow::add_edit_commands() {
  const QString group = tr("Edit");
  QUndoStack* stack = session_->undo_stack();
  commands_->add(group, {.id = id("edit.undo"),
                         .text = tr("Undo"),
                         .tooltip = tr("Take back the last change"),
                         .keys = key("Ctrl+Z"),
                         .run = [stack] { undo_step(*stack); },
                         .enabled = [stack] { return can_undo(*stack); },
                         .icon = id("undo"),
                         .shown = [stack] { return tr("Undo %1").arg(undo_text(*stack)).trimmed(); }});
  commands_->add(group, {.id = id("edit.redo"),
                         .text = tr("Redo"),
                         .tooltip = tr("Do again what was taken back"),
                         .keys = key("Ctrl+Shift+Z"),
                         .run = [stack] { redo_step(*stack); },
                         .enabled = [stack] { return can_redo(*stack); },
                         .icon = id("redo"),
                         .shown = [stack] { return tr("Redo %1").arg(redo_text(*stack)).trimmed(); }});
}

void MainWindow::add_view_commands() {
  const QString group = tr("View");
  const auto has_view = [this] { return view_->viewport() != nullptr && session_->clip() != nullptr; };
  const auto preset = [&](const char* name, const QString& text, const QString& button, const char* keys,
                          render::ViewPreset value) {
    QAction* action = commands_->add(group, {.id = id(name),
                                             .text = text,
                                             .tooltip = text,
                                             .keys = key(keys),
                                             .run = [this, value] { view_->set_preset(value); },
                                             .enabled = has_view,
                                             .checked = [this, value] { return view_->preset() == value; }});
    action->setIconText(button);
  };
  preset("view.front", tr("View from the front"), tr("Front"), "1", render::ViewPreset::front);
  preset("view.side", tr("View from the side"), tr("Side"), "3", render::ViewPreset::side);
  preset("view.top", tr("View from the top"), tr("Top"), "7", render::ViewPreset::top);
  preset("view.perspective", tr("Perspective view"), tr("Free"), "5", render::ViewPreset::perspective);
  commands_->add(group, {.id = id("view.reset"),
                         .text = tr("Reset view"),
                         .tooltip = tr("Show the whole course of the clip again"),
                         .keys = key("R"),
                         .run = [this] { view_->reset_view(); },
                         .enabled = has_view,
                         .icon = id("reset")});
  commands_->add(group, {.id = id("view.frame"),
                         .text = tr("Frame the person"),
                         .tooltip = tr("Move the camera to the person's present pose"),
                         .keys = key("C"),
                         .run = [this] { view_->frame_person(); },
                         .enabled = has_view});
  commands_->add(group, {.id = id("view.clear_pins"),
                         .text = tr("Unpin all joints"),
                         .tooltip = tr("Remove the names pinned to joints"),
                         .keys = key("P"),
                         .run =
                             [this] {
                               while (!session_->pins().empty()) session_->toggle_pin(session_->pins().back());
                             },
                         .enabled = [this] { return !session_->pins().empty(); }});
  for (Dock* dock : docks_) {
    commands_->add(group, {.id = id("view.dock.") + dock->objectName(),
                           .text = tr("Panel “%1”").arg(dock->windowTitle()),
                           .tooltip = tr("Show or hide the panel “%1”").arg(dock->windowTitle()),
                           .keys = {},
                           .run = [dock] { dock->in_sight() ? dock->hide() : dock->reveal(); },
                           .checked = [dock] { return !dock->isHidden(); }});
  }
  commands_->add(group, {.id = id("view.reset_layout"),
                         .text = tr("Reset layout"),
                         .tooltip = tr("Put all panels back in their places"),
                         .keys = {},
                         .run = [this] { reset_layout(); }});
  commands_->add(group, {.id = id("view.full_screen"),
                         .text = tr("Full screen"),
                         .tooltip = tr("Fill the screen with the window, or leave it"),
                         .keys = key("F11"),
                         .run = [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); },
                         .checked = [this] { return isFullScreen(); }});
}

void MainWindow::add_display_commands() {
  const QString group = tr("Appearance");
  const auto toggle = [&](const char* name, const QString& text, const QString& tooltip, const char* keys,
                          bool Display::*field, const QString& step) {
    commands_->add(group, {.id = id(name),
                           .text = text,
                           .tooltip = tooltip,
                           .keys = keys != nullptr ? key(keys) : QList<QKeySequence>{},
                           .run =
                               [this, field, step] {
                                 Display display = session_->display();
                                 display.*field = !(display.*field);
                                 session_->change_display(display, step);
                               },
                           .checked = [this, field] { return session_->display().*field; }});
  };
  toggle("show.contribution", tr("Colour by contribution"),
         tr("Colour the joints by their exact share in the score instead of attention"), "X", &Display::contribution,
         tr("measure"));
  toggle("show.range_frame", tr("Colour range of the frame"),
         tr("Let the colours span the values of the frame instead of the whole clip"), nullptr,
         &Display::range_per_frame, tr("colour range"));
  toggle("show.trail", tr("Trail of earlier poses"), tr("Show the poses of the last moments as ghosts"), "T",
         &Display::trail, tr("trail"));
  toggle("show.floor", tr("Floor"), tr("Show the floor grid"), "G", &Display::floor, tr("floor"));
  for (const char* map : {"viridis", "cividis", "magma", "inferno", "turbo"}) {
    commands_->add(group, {.id = id("show.map.") + id(map),
                           .text = tr("Colours: %1").arg(id(map)),
                           .tooltip = tr("Show attention in the colour map %1").arg(id(map)),
                           .keys = {},
                           .run =
                               [this, map] {
                                 Display display = session_->display();
                                 display.colour_map = map;
                                 session_->change_display(display, tr("colours"));
                               },
                           .checked = [this, map] { return session_->display().colour_map == map; }});
  }
  const auto theme = [&](const char* name, const QString& text, ThemeChoice choice) {
    commands_->add(group, {.id = id(name),
                           .text = text,
                           .tooltip = text,
                           .keys = {},
                           .run = [this, choice] { choose_theme(choice); },
                           .checked = [this, choice] { return theme_->choice() == choice; }});
  };
  theme("show.theme.system", tr("Theme of the desktop"), ThemeChoice::system);
  theme("show.theme.dark", tr("Dark theme"), ThemeChoice::dark);
  theme("show.theme.light", tr("Light theme"), ThemeChoice::light);
}

void MainWindow::add_playback_commands() {
  const QString group = tr("Playback");
  const auto row = [&](const char* name, const QString& text, const QString& tooltip, const char* keys,
                       std::function<void()> run, const char* icon = "", bool repeats = false) {
    commands_->add(group, {.id = id(name),
                           .text = text,
                           .tooltip = tooltip,
                           .keys = key(keys),
                           .run = std::move(run),
                           .enabled = [this] { return session_->clip() != nullptr; },
                           .icon = id(icon),
                           .repeats = repeats});
  };
  row(
      "playback.toggle", tr("Play or pause"), tr("Play or pause"), "Space",
      [this] { following() ? live_->hold() : player_->toggle(); }, "play");
  row(
      "playback.step_back", tr("Step back"), tr("Go back one frame"), ",", [this] { player_->step(-1); }, "step-back",
      true);
  row(
      "playback.step_forward", tr("Step forward"), tr("Go on one frame"), ".", [this] { player_->step(1); },
      "step-forward", true);
  row(
      "playback.start", tr("Go to the start"), tr("Go to the first frame"), "Home", [this] { player_->to_start(); },
      "to-start");
  row(
      "playback.end", tr("Go to the end"), tr("Go to the last frame"), "End", [this] { player_->to_end(); }, "to-end");
  row("playback.backwards", tr("Play backwards"), tr("Play backwards; again for double speed"), "J",
      [this] { player_->shuttle(-1); });
  row("playback.stop", tr("Stop"), tr("Stop playing"), "K", [this] { player_->pause(); });
  row("playback.forwards", tr("Play forwards"), tr("Play forwards; again for double speed"), "L",
      [this] { player_->shuttle(1); });
  row("playback.slower", tr("Slower"), tr("Halve the speed"), "-",
      [this] { player_->set_speed(player_->clock().speed() / 2); });
  row("playback.faster", tr("Faster"), tr("Double the speed"), "+",
      [this] { player_->set_speed(player_->clock().speed() * 2); });
  row("playback.set_a", tr("Set A"), tr("Start the repeated part here"), "[",
      [this] { edit_marks(session_, player_, tr("set A"), [this] { player_->set_a(); }); });
  row("playback.set_b", tr("Set B"), tr("End the repeated part here"), "]",
      [this] { edit_marks(session_, player_, tr("set B"), [this] { player_->set_b(); }); });
  row("playback.clear_ab", tr("Clear A and B"), tr("Play the whole clip again"), "\\",
      [this] { edit_marks(session_, player_, tr("clear A and B"), [this] { player_->clear_ab(); }); });
  commands_->add(group, {.id = id("playback.loop"),
                         .text = tr("Loop"),
                         .tooltip = tr("Start over at the end of the clip"),
                         .keys = key("Ctrl+L"),
                         .run = [this] { player_->set_loop(!player_->clock().loop()); },
                         .checked = [this] { return player_->clock().loop(); },
                         .icon = id("loop")});
}

void MainWindow::add_help_commands() {
  const QString group = tr("Help");
  commands_->add(group, {.id = id("help.palette"),
                         .text = tr("Command palette..."),
                         .tooltip = tr("Search all commands"),
                         .keys = key("Ctrl+K"),
                         .run = [this] { palette_->open(); },
                         .icon = id("search")});
  commands_->add(group, {.id = id("help.keys"),
                         .text = tr("Keys and commands"),
                         .tooltip = tr("Show all commands and their keys"),
                         .keys = {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)},
                         .run = [this] { show_key_sheet(); },
                         .icon = id("keyboard")});
  commands_->add(group,
                 {.id = id("help.diagnostics"),
                  .text = tr("Diagnostics..."),
                  .tooltip = tr("What runs, how much memory it takes, and how long the window ever did not answer"),
                  .keys = {},
                  .run = [this] { show_diagnostics(); }});
  commands_->add(group, {.id = id("help.about"),
                         .text = tr("About Purlscope"),
                         .tooltip = tr("Version, engine and graphics of this program"),
                         .keys = {},
                         .run = [this] { show_about(); }});
}

}  // namespace purlscope::app
