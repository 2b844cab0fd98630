#pragma once

#include <filesystem>

#include "app/studio/replay/interaction_player.h"

namespace purlscope::app {

class MainWindow;

/// Whether the window has done all that was asked for: no file being read, no scores waited for. Thread: UI.
bool at_rest(const MainWindow& window);

/// Writes down what the person does from now on, until the program ends; says so in the status bar and on stderr.
/// @throws Error{Code::io}
void record_interaction(MainWindow& window, const std::filesystem::path& file);

/// Plays a recording in the window, then leaves the program: exit code 0, or 1 with words on stderr.
/// @throws Error as read_interactions
void replay_interaction(MainWindow& window, const std::filesystem::path& file, const ReplayPace& pace);

}  // namespace purlscope::app
