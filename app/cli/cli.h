#pragma once

#include <string_view>

namespace purlscope::app {

/// True for the first argument of a call that the command line answers: a command's name, `--help`, `-h`, `--version`,
/// and any other single word that names no file, which is taken for a mistyped command.
bool is_cli_command(std::string_view argument);

/// Runs one command. JSON and tables go to stdout; progress, warnings and errors go to stderr. Makes no QApplication.
/// SIGINT and SIGTERM end the command cleanly. Thread: main, before any other thread is started.
///
/// @return 0 done, 1 the work failed, 2 bad usage
int run_cli(int argc, char** argv);

}  // namespace purlscope::app
