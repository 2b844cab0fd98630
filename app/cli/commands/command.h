#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/support/exit_codes.h"

namespace CLI {
class App;
}

namespace purlscope::app::cli {

/// What a command gets beside its parsed options.
struct Call {
  std::stop_token stop;            ///< asks to stop after SIGINT or SIGTERM
  std::vector<std::string> texts;  ///< arguments after `--`, exactly as given; only where Command::takes_texts
};

/// The work of a command.
/// @return an exit code; throws purlscope::Error (Code::bad_argument becomes kBadUsage, all others kFailed)
using Run = std::function<int(const Call& call)>;

/// One command: a row of the table in cli.cpp.
struct Command {
  const char* name;
  const char* summary;
  Run (*define)(CLI::App& app);  ///< adds its options to `app`, which keeps them alive through the returned function
  bool takes_texts = false;      ///< keep what follows `--` from the option parser, which would split "[a, b]"
};

/// Each in the file of its command, cmd_<name>.cpp.
Run define_attend(CLI::App& app);
Run define_bench(CLI::App& app);
Run define_classify(CLI::App& app);
Run define_convert(CLI::App& app);
Run define_dataset(CLI::App& app);
Run define_describe(CLI::App& app);
Run define_doctor(CLI::App& app);
Run define_encode(CLI::App& app);
Run define_evaluate(CLI::App& app);
Run define_info(CLI::App& app);
Run define_refine(CLI::App& app);
Run define_render(CLI::App& app);
Run define_segment(CLI::App& app);
Run define_table(CLI::App& app);
Run define_train(CLI::App& app);
Run define_watch(CLI::App& app);
Run define_weights(CLI::App& app);

}  // namespace purlscope::app::cli
