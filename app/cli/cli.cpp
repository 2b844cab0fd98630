#include "app/cli/cli.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <new>
#include <string_view>

#include "app/cli/commands/command.h"
#include "app/cli/support/interrupt.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/live/make_source.h"

namespace purlscope::app {
namespace {

using namespace cli;

constexpr std::array kCommands = {
    Command{"info", "what a recording is: format, layout, persons, frames", &define_info},
    Command{"classify", "scores of typed labels on recordings, or a checkpoint's own classes", &define_classify},
    Command{"attend", "what the sentences of a label attend to, as an npz file", &define_attend},
    Command{"convert", "writes recordings in another format, joint layout or frame rate", &define_convert},
    Command{"render", "a picture or film of the 3-D view", &define_render},
    Command{"describe", "the eight sentences of a label", &define_describe},
    Command{"encode", "features of texts", &define_encode, true},
    Command{"train", "trains a model on the seen classes of a data set", &define_train},
    Command{"evaluate", "accuracy on the unseen classes of a data set", &define_evaluate},
    Command{"table", "the paper's tables for the data sets at hand, published figures beside ours", &define_table},
    Command{"refine", "scores recordings as a stream that it learns from, without their labels", &define_refine},
    Command{"segment", "which label wins when in a long recording", &define_segment},
    Command{"watch", "scores of typed labels on a live source, a window at a time", &define_watch},
    Command{"weights", "installs weight files and lists them", &define_weights},
    Command{"dataset", "what a folder of recordings is: classes, subjects, splits, problems", &define_dataset},
    Command{"bench", "how fast every stage is on this machine", &define_bench},
    Command{"doctor", "what this machine has, what is missing and how to get it", &define_doctor},
};

constexpr const char* kDescription =
    "Purlscope: zero-shot action recognition on skeletons.\n"
    "Without a command, `purlscope [FILE or FOLDER or live SOURCE...]` opens the studio.\n"
    "Exit codes: 0 done, 1 the work failed, 2 bad usage.";

int report(const Error& error) {
  fmt::print(stderr, "purlscope: {}{}\n", error.code() == Code::cancelled ? "interrupted: " : "", error.what());
  return error.code() == Code::bad_argument ? kBadUsage : kFailed;
}

int run_guarded(const Run& run, const Call& call) {
  try {
    const int code = run(call);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      throw Error(Code::io, "standard output could not be written: is the disk full, or the reader gone?");
    }
    return code;
  } catch (const Error& error) {
    return report(error);
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "purlscope: out of memory; close other programs or use a smaller input\n");
  } catch (const std::exception& error) {
    fmt::print(stderr, "purlscope: internal error: {}\n", error.what());
  }
  return kFailed;
}

/// Prints what CLI11 has to say: help goes to stdout, complaints go to stderr.
int report(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
  const auto chosen = app.get_subcommands();
  const std::string command = chosen.empty() ? "" : " " + chosen.front()->get_name();
  fmt::print(stderr, "purlscope{}: {}\nTry `purlscope{} --help`.\n", command, error.what(), command);
  return kBadUsage;
}

/// Cuts what follows `--` off the arguments of a command that takes texts.
std::vector<std::string> cut_texts(int& argc, char** argv) {
  const auto row = std::ranges::find_if(
      kCommands, [&](const Command& c) { return argc > 1 && c.name == std::string_view(argv[1]); });
  if (row == kCommands.end() || !row->takes_texts) return {};
  char** const end = argv + argc;
  char** const marker = std::find(argv + 1, end, std::string_view("--"));
  if (marker == end) return {};
  argc = static_cast<int>(marker - argv);
  return {marker + 1, end};
}

bool is_known(std::string_view argument) {
  return std::ranges::any_of(kCommands, [&](const Command& row) { return argument == row.name; });
}

/// A path to open has a separator or an ending, or exists; a live source has its kind's name in front.
bool is_mistyped(std::string_view argument) {
  std::error_code ignored;
  return !argument.empty() && !core::is_source_address(argument) &&
         argument.find_first_of("/.-") == std::string_view::npos && !std::filesystem::exists(argument, ignored);
}

int report_mistyped(std::string_view argument) {
  std::string known;
  for (const Command& row : kCommands) known += fmt::format("{}{}", known.empty() ? "" : ", ", row.name);
  fmt::print(stderr,
             "purlscope: '{}' is no command of this version and no file here; commands: {}\n"
             "Try `purlscope --help`.\n",
             argument, known);
  return kBadUsage;
}

}  // namespace

bool is_cli_command(std::string_view argument) {
  if (argument == "--help" || argument == "-h" || argument == "--version") return true;
  return is_known(argument) || is_mistyped(argument);
}

int run_cli(int argc, char** argv) {
  if (argc > 1 && is_mistyped(argv[1]) && !is_known(argv[1])) return report_mistyped(argv[1]);
  CLI::App app(kDescription, "purlscope");
  app.set_version_flag("--version", fmt::format("purlscope {}", core::version()), "the version, on one line");
  app.require_subcommand(1);

  Run chosen;
  for (const Command& row : kCommands) {
    CLI::App* command = app.add_subcommand(row.name, row.summary);
    command->callback([&chosen, run = row.define(*command)] { chosen = run; });
  }
  Call call;
  call.texts = cut_texts(argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return report(app, error);
  }
  const InterruptWatch watch;
  call.stop = watch.token();
  return run_guarded(chosen, call);
}

}  // namespace purlscope::app
