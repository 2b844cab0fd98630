#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <limits>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/lab_options.h"
#include "app/cli/support/training_curve.h"
#include "app/cli/support/validators.h"
#include "core/base/error.h"
#include "core/formats/dataset.h"

namespace purlscope::app::cli {
namespace {

struct TrainCommand {
  LabOptions data;
  std::string out;
  std::uint64_t seed = 0;
  bool fresh = false;
  bool default_model = false;
};

Json train_on_split(const TrainCommand& command, core::Lab& lab, const core::ProgressFn& progress,
                    const std::stop_token& stop) {
  core::TrainOptions options;
  options.out = command.out;
  options.config = load_config(command.data);
  options.seed = command.seed;
  options.resume = !command.fresh;
  options.paraphrases = command.data.paraphrases;
  check_config(command.data, [&] { lab.check(options); });
  Json result = lab.train(load_data(command.data, progress, stop), options, progress, stop);
  result["recordings"] = recordings_document(command.data);
  return result;
}

/// Fits the shipped recogniser on all classes of the folders of --with (and --dataset).
Json fit_default(const TrainCommand& command, core::Lab& lab, const core::ProgressFn& progress,
                 const std::stop_token& stop) {
  std::vector<std::filesystem::path> folders = to_paths(command.data.with);
  if (!command.data.dataset.empty()) folders.insert(folders.begin(), command.data.dataset);
  const std::vector<core::ClipSet> sets = load_sets(command.data, folders, progress, stop);
  prepare_output(command.out);
  return lab.fit_default_model(sets, command.out, progress, stop);
}

void check(const TrainCommand& command) {
  if (command.default_model) {
    if (command.data.with.empty() && command.data.dataset.empty()) {
      throw Error(Code::bad_argument, "train --default: no data; give the folders of the training sets with --with");
    }
    return;
  }
  if (command.data.dataset.empty()) throw Error(Code::bad_argument, "train: --dataset DIR is missing");
  if (command.data.split.empty()) throw Error(Code::bad_argument, "train: --split NAME or FILE is missing");
}

int train(const TrainCommand& command, const std::stop_token& stop) {
  check(command);
  const std::unique_ptr<core::Lab> lab = make_lab(command.data);
  Json result;
  {
    TrainingPrinter printer;
    result = command.default_model ? fit_default(command, *lab, printer.callback(), stop)
                                   : train_on_split(command, *lab, printer.callback(), stop);
  }
  print_line(result);
  return kDone;
}

}  // namespace

Run define_train(CLI::App& app) {
  auto command = std::make_shared<TrainCommand>();
  add_lab_options(app, command->data);
  app.add_option("--out", command->out, "folder of the model and its checkpoints; with --default the model file")
      ->required();
  app.add_option("--seed", command->seed, "seed of all random choices")
      ->check(whole_number(0, std::numeric_limits<std::int64_t>::max()));
  auto* fresh = app.add_flag("--fresh", command->fresh, "start anew instead of resuming what --out holds");
  auto* defaults = app.add_flag("--default", command->default_model,
                                "fit the shipped model on all classes of the folders of --with");
  for (CLI::Option* other : {app.get_option("--split"), app.get_option("--recordings"), app.get_option("--config"),
                             app.get_option("--seed"), fresh}) {
    defaults->excludes(other);
  }
  app.add_flag("--json")->description("a JSON summary on stdout (always given)");
  return [command](const Call& call) { return train(*command, call.stop); };
}

}  // namespace purlscope::app::cli
