#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/lab_options.h"
#include "app/cli/support/progress.h"
#include "app/cli/support/refining.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/safetensors.h"
#include "core/report/evaluation/evaluation_page.h"

namespace purlscope::app::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kOrders = 5;  // of a stream, when --orders does not say

struct EvaluateCommand {
  LabOptions data;
  std::string model;
  std::string method;
  std::string backbone;
  std::string protocol = "leak-free";
  int seeds = 1;
  bool generalised = false;
  bool calibration = false;
  bool faithfulness = false;
  std::vector<std::string> disturb;
  bool stream = false;
  int orders = 0;
  std::string refinement;
  bool count_repeats = false;
  bool as_json = false;
  std::string html;
  std::string predictions;
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
  options.generalised = command.generalised;
  options.calibration = command.calibration;
  options.faithfulness = command.faithfulness;
  options.count_repeats = command.count_repeats;
  options.orders = command.orders > 0 ? command.orders : (command.stream ? kOrders : 0);
  options.refinement = refinement_settings(command.refinement);
  options.paraphrases = command.data.paraphrases;
  for (const std::string& text : command.disturb) options.disturbances.push_back(core::parse_disturbance(text));
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

double percent(const Json& field) { return field.is_number() ? 100 * field.get<double>() : 0.0; }

std::string with_deviation(const Json& figure) {
  const double mean = percent(figure.value("mean", Json()));
  if (figure.value("per_seed", Json::array()).size() < 2) return fmt::format("{:.1f}", mean);
  return fmt::format("{:.1f} (sd {:.1f})", mean, percent(figure.value("sd", Json())));
}

void print_accuracy(const Json& result) {
  const Json accuracy = result.value("accuracy", Json::object());
  const Json range = accuracy.value("confidence", Json::object());
  fmt::print("accuracy {} %, 95 % interval {:.1f} to {:.1f}", with_deviation(accuracy),
             percent(range.value("low", Json())), percent(range.value("high", Json())));
  const std::size_t classes = result.value("unseen", Json::array()).size();
  if (classes > 0) fmt::print(", chance {:.1f} %", 100.0 / static_cast<double>(classes));
  fmt::print(", {} samples, {:.1f} s\n", text(result, "samples"), result.value("seconds", 0.0));
}

void print_stream(const Json& result) {
  const auto stream = result.find("stream");
  if (stream == result.end()) return;
  fmt::print(
      "on arrival, refined by {} in {} orders; without refinement {} %, scored again at the end {} %, gain of the "
      "worst order {:.1f}, {} roll-backs\n",
      text((*stream)["refinement"], "method"), text(*stream, "orders"), with_deviation((*stream)["before"]),
      with_deviation((*stream)["rescored"]), percent((*stream)["worst_gain"]), text(*stream, "rollbacks"));
}

void print_extras(const Json& result) {
  if (const auto gzsl = result.find("gzsl"); gzsl != result.end()) {
    fmt::print("all classes: seen {} %, unseen {} %, harmonic mean {} %\n", with_deviation((*gzsl)["seen"]),
               with_deviation((*gzsl)["unseen"]), with_deviation((*gzsl)["harmonic"]));
  }
  if (const auto calibration = result.find("calibration"); calibration != result.end()) {
    fmt::print("calibration error {} %\n", with_deviation((*calibration)["error"]));
  }
  if (const auto robustness = result.find("robustness"); robustness != result.end()) {
    for (const auto& [name, row] : robustness->items()) {
      fmt::print("with {}: accuracy {} %, {} clips not usable\n", name, with_deviation(row["accuracy"]),
                 text(row, "unusable"));
    }
  }
  const auto faithfulness = result.find("faithfulness");
  if (faithfulness == result.end()) return;
  fmt::print("deletion test, {:.0f} % of the nodes taken out:\n", percent((*faithfulness)["share"]));
  for (const auto& [name, row] : faithfulness->items()) {
    if (!row.is_object()) continue;
    fmt::print("  {:<20} accuracy {:5.1f} %, cost {:5.1f}, decisions changed {:5.1f} %\n", name,
               percent(row["accuracy"]), percent(row["cost"]), percent(row["changed"]));
  }
}

void print_for_people(const Json& result) {
  fmt::print("{} {}: {} ({}), backbone {}, text {}\n", text(result, "dataset"), text(result, "split"),
             text(result, "method"), text(result, "protocol"), text(result, "backbone"), text(result, "text"));
  if (const auto wordings = result.value("wordings", 1); wordings > 1) {
    fmt::print("{} wordings of each sentence\n", wordings);
  }
  print_accuracy(result);
  print_stream(result);
  if (!result.value("zero_shot", true)) fmt::print("not zero-shot: {}\n", text(result, "zero_shot_reason"));
  print_extras(result);
  const Json per_class = result.value("per_class", Json::object());
  for (const auto& [name, share] : per_class.items()) fmt::print("{:6.1f} %  {}\n", percent(share), name);
}

void write_file(const std::string& file, const std::string& text) {
  core::AtomicFile out(file);
  out.write(text.data(), text.size());
  out.commit();
}

/// The files of --html and --predictions.
void write_files(const EvaluateCommand& command, const nlohmann::json& report, core::EvaluationSetup setup) {
  if (command.html.empty() && command.predictions.empty()) return;
  const core::Evaluation evaluation = core::read_evaluation(report, std::move(setup));
  if (!command.predictions.empty()) write_file(command.predictions, core::predictions_csv(evaluation));
  if (command.html.empty()) return;
  const core::PublishedFigures published = core::published_figures(core::bundled_paper_tables(), evaluation);
  write_file(command.html, core::evaluation_page(evaluation, published));
}

int evaluate(const EvaluateCommand& command, const std::stop_token& stop) {
  core::EvaluateOptions options = lab_options(command);
  const nlohmann::json config = load_config(command.data);
  const std::unique_ptr<core::Lab> lab = make_lab(command.data);
  lab->check(options);
  options.config = config;
  check_config(command.data, [&] { lab->check(options); });
  for (const std::string& file : {command.html, command.predictions}) {
    if (!file.empty()) prepare_output(file);
  }
  nlohmann::json report;
  core::EvaluationSetup setup;
  {
    ProgressPrinter printer;
    const core::ProgressFn progress = printer.callback();
    const core::LabData data = load_data(command.data, progress, stop);
    setup = core::describe_setup(data);
    report = lab->evaluate(data, options, progress, stop);
  }
  setup.recordings = command.data.recordings;
  setup.model = command.model;
  write_files(command, report, std::move(setup));
  report.erase("predictions");  // a line a clip is for the file of --predictions
  Json result = report;
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
  app.add_option(
      "--method", command->method,
      "structured (the shipped recogniser; default), purls, dynapurls (refined on the test clips as a stream), "
      "or a baseline: revise, devise, jpose, cada-vae, synse, smie, global");
  app.add_option("--backbone", command->backbone, "backbone of the method");
  app.add_option("--protocol", command->protocol,
                 "leak-free, or published (queries by the true label, for comparison only)")
      ->check(CLI::IsMember({"leak-free", "published"}))
      ->capture_default_str();
  app.add_option("--seeds", command->seeds, "runs, with seeds 0 to N-1")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_flag("--gzsl", command->generalised,
               "also accuracy with seen and unseen classes as candidates: S, U and their harmonic mean H");
  app.add_flag("--calibration", command->calibration, "also the calibration error of the probabilities");
  app.add_flag("--faithfulness", command->faithfulness,
               "also the deletion test: accuracy without the nodes that matter most and least");
  app.add_option("--disturb", command->disturb,
                 "also accuracy on changed clips: mirror, rotate:DEGREES, fps:RATE, missing:JOINTS, noise:METRES");
  app.add_flag(
      "--stream", command->stream,
      "the test clips as a stream that the method refines itself on; each is scored before it is learned from");
  app.add_option("--orders", command->orders, "random orders of the stream; 5 without it")->check(CLI::Range(1, 1000));
  add_refinement_option(app, command->refinement);
  app.add_flag("--count-repeats", command->count_repeats,
               "count repeated recordings as often as they lie in the folder, as other authors do");
  app.add_flag("--json", command->as_json, "JSON on stdout");
  app.add_option("--html", command->html,
                 "also one page with all of it: classes, confusion matrix, published figures beside");
  app.add_option("--predictions", command->predictions, "also a CSV file with what was said of each clip");
  return [command](const Call& call) { return evaluate(*command, call.stop); };
}

}  // namespace purlscope::app::cli
