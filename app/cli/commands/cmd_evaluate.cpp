#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/lab_options.h"
#include "app/cli/support/progress.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/safetensors.h"

namespace purlscope::app::cli {
namespace {

namespace fs = std::filesystem;

struct EvaluateCommand {
  LabOptions data;
  std::string model;
  std::string method;
  std::string backbone;
  std::string protocol = "leak-free";
  int seeds = 1;
  bool as_json = false;
};

/// The method that a trained model belongs to: the architecture its file names.
std::string method_of(const fs::path& model) {
  const fs::path file = core::model_file(model);
  const core::SafeTensors weights = core::SafeTensors::open(file);
  const auto found = weights.metadata().find("architecture");
  if (found == weights.metadata().end()) {
    throw Error(Code::bad_format, fmt::format("{}: its metadata names no architecture, so it is no trained model of "
                                              "this program; make one with `purlscope train`",
                                              file.string()));
  }
  return found->second;
}

/// All options but those of --config.
core::EvaluateOptions lab_options(const EvaluateCommand& command) {
  core::EvaluateOptions options;
  options.protocol = command.protocol;
  options.model = command.model;
  options.seeds = command.seeds;
  options.backbone = command.backbone;
  if (!command.method.empty()) {
    options.method = command.method;
  } else if (!command.model.empty()) {
    options.method = method_of(command.model);
  }
  return options;
}

std::string text(const Json& document, const char* key) {
  const auto found = document.find(key);
  if (found == document.end() || found->is_null()) return "-";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

double value(const Json& field) { return field.is_number() ? field.get<double>() : 0.0; }

void print_for_people(const Json& result) {
  fmt::print("{} {}: {} ({}), backbone {}, text {}\n", text(result, "dataset"), text(result, "split"),
             text(result, "method"), text(result, "protocol"), text(result, "backbone"), text(result, "text"));
  const Json accuracy = result.value("accuracy", Json::object());
  fmt::print("accuracy {:.1f} %", 100 * value(accuracy.value("mean", Json())));
  const Json per_seed = accuracy.value("per_seed", Json::array());
  if (per_seed.size() > 1) {
    fmt::print(" (sd {:.1f}, {} seeds)", 100 * value(accuracy.value("sd", Json())), per_seed.size());
  }
  const std::size_t classes = result.value("unseen", Json::array()).size();
  if (classes > 0) fmt::print(", chance {:.1f} %", 100.0 / static_cast<double>(classes));
  fmt::print(", {} samples, {} s\n", text(result, "samples"), text(result, "seconds"));
  const Json per_class = result.value("per_class", Json::object());
  for (const auto& [name, share] : per_class.items()) fmt::print("{:6.1f} %  {}\n", 100 * value(share), name);
}

int evaluate(const EvaluateCommand& command, const std::stop_token& stop) {
  core::EvaluateOptions options = lab_options(command);
  const nlohmann::json config = load_config(command.data);
  const std::unique_ptr<core::Lab> lab = make_lab(command.data);
  lab->check(options);
  options.config = config;
  check_config(command.data, [&] { lab->check(options); });
  Json result;
  {
    ProgressPrinter printer;
    const core::ProgressFn progress = printer.callback();
    result = lab->evaluate(load_data(command.data, progress, stop), options, progress, stop);
  }
  result["recordings"] = recordings_document(command.data);
  command.as_json ? print_line(result) : print_for_people(result);
  return kDone;
}

}  // namespace

Run define_evaluate(CLI::App& app) {
  auto command = std::make_shared<EvaluateCommand>();
  add_lab_options(app, command->data);
  app.get_option("--dataset")->required();
  app.get_option("--split")->required();
  app.add_option("--model", command->model, "folder of a trained model; without it one is trained for the split");
  app.add_option("--method", command->method, "structured (the shipped recogniser; default) or purls");
  app.add_option("--backbone", command->backbone, "backbone of the method");
  app.add_option("--protocol", command->protocol,
                 "leak-free, or published (queries by the true label, for comparison only)")
      ->check(CLI::IsMember({"leak-free", "published"}))
      ->capture_default_str();
  app.add_option("--seeds", command->seeds, "runs, with seeds 0 to N-1")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_flag("--json", command->as_json, "JSON on stdout");
  return [command](const Call& call) { return evaluate(*command, call.stop); };
}

}  // namespace purlscope::app::cli
