#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>

#include "app/cli/bench/reference.h"
#include "app/cli/bench/report.h"
#include "app/cli/bench/stages.h"
#include "app/cli/commands/command.h"
#include "app/cli/support/validators.h"
#include "core/base/error.h"
#include "core/formats/numpy/npz_writer.h"
#include "core/skeleton/ntu_preprocess.h"

namespace purlscope::app::cli {
namespace {

constexpr std::int64_t kMostRuns = 100000;
constexpr const char* kWithReference = "shift_gcn_window";

/// The processor's name as Linux states it.
std::string cpu_name() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

Json machine_document(Subject& subject) {
  const core::EngineInfo& info = subject.info();
  return {{"cpu", cpu_name()},       {"cores", sysconf(_SC_NPROCESSORS_ONLN)},
          {"threads", info.threads}, {"device", info.device},
          {"engine", info.build},    {"model", info.model}};
}

/// Largest difference of two outputs, against the largest value of the second.
double difference(const std::vector<float>& ours, const std::vector<float>& theirs) {
  if (ours.size() != theirs.size()) {
    throw Error(Code::internal,
                fmt::format("bench: {} logits from the engine, {} from the reference", ours.size(), theirs.size()));
  }
  double most = 0, size = 1;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    most = std::max(most, static_cast<double>(std::abs(ours[i] - theirs[i])));
    size = std::max(size, static_cast<double>(std::abs(theirs[i])));
  }
  return most / size;
}

/// Shift-GCN, and the same network in Python, in turn.
std::vector<StageResult> run_beside_reference(const Stage& stage, Subject& subject, const std::stop_token& stop) {
  const std::filesystem::path input = subject.folder() / "input.npz";
  core::write_npz(input, {{"input", core::ntu_preprocess(*subject.clip())}});
  Reference python(subject.options().reference, subject.weights(), input, subject.info().threads, stop);
  const Prepared ours = stage.prepare(subject);
  const std::vector<Times> times = measure({ours.run, [&] { return python.run(); }}, subject.options().repeat, stop);
  const core::ClosedSetResult result = subject.engine().classify_closed_set(*subject.clip(), subject.weights());
  return {{stage.name, stage.what, times[0], "", ours.facts()},
          {"shift_gcn_reference",
           "the same in plain PyTorch, run in turn",
           times[1],
           "",
           {{"torch", python.version()}, {"logits_difference", number(difference(result.logits, python.logits()))}}}};
}

StageResult run_stage(const Stage& stage, Subject& subject, const std::stop_token& stop) {
  StageResult result;
  result.name = stage.name;
  result.what = stage.what;
  try {
    const Prepared prepared = stage.prepare(subject);
    result.times = measure({prepared.run}, subject.options().repeat, stop).front();
    if (prepared.facts) result.facts = prepared.facts();
  } catch (const Error& error) {
    if (error.code() != Code::unsupported && error.code() != Code::not_found) throw;
    result.unavailable = error.what();
  }
  return result;
}

int bench(const BenchOptions& options, const std::stop_token& stop) {
  const std::vector<const Stage*> chosen = chosen_stages(options.stages);
  const bool beside = !options.reference.empty();
  if (beside &&
      std::ranges::none_of(chosen, [](const Stage* stage) { return stage->name == std::string(kWithReference); })) {
    throw Error(Code::bad_argument,
                fmt::format("--reference is measured beside the stage {}, which --stages leaves out", kWithReference));
  }
  Subject subject(options);
  if (!options.weights.empty()) subject.weights();  // a wrong name ends the command before anything is measured
  BenchReport report{machine_document(subject), {}};
  for (const Stage* stage : chosen) {
    fmt::print(stderr, "{}\n", stage->name);
    if (beside && stage->name == std::string(kWithReference)) {
      for (StageResult& result : run_beside_reference(*stage, subject, stop))
        report.stages.push_back(std::move(result));
      continue;
    }
    report.stages.push_back(run_stage(*stage, subject, stop));
  }
  options.as_json ? print_line(bench_document(report)) : print_bench(report);
  return kDone;
}

}  // namespace

Run define_bench(CLI::App& app) {
  auto options = std::make_shared<BenchOptions>();
  std::string names;
  for (const Stage& stage : stages()) names += fmt::format("{}{}", names.empty() ? "" : ", ", stage.name);
  app.add_option("--stages", options->stages, fmt::format("stages to run, separated by commas: {}", names));
  app.add_option("--repeat", options->repeat, "runs of each stage that count, after one that does not")
      ->check(whole_number(1, kMostRuns))
      ->capture_default_str();
  app.add_option("--threads", options->threads, "threads of the engine; 0 = physical cores minus one")
      ->check(CLI::Range(0, 1024));
  app.add_option(
      "--weights", options->weights,
      "Shift-GCN checkpoint: safetensors file, or the name of installed weights; installed ones, else random "
      "ones without it");
  app.add_option("--reference", options->reference,
                 "Python interpreter with torch (benchmarks/reference/requirements.txt): Shift-GCN in plain PyTorch is "
                 "run in turn with ours");
  app.add_flag("--json", options->as_json, "one JSON document on stdout");
  return [options](const Call& call) { return bench(*options, call.stop); };
}

}  // namespace purlscope::app::cli
