#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/bench/reference.h"
#include "app/cli/bench/report.h"
#include "app/cli/bench/stages.h"
#include "app/cli/commands/command.h"
#include "app/cli/support/validators.h"
#include "core/base/error.h"
#include "core/engine/loader.h"
#include "core/formats/numpy/npz_writer.h"
#include "core/skeleton/ntu_preprocess.h"

namespace purlscope::app::cli {
namespace {

constexpr std::int64_t kMostRuns = 100000;

/// What runs in Python in turn with a stage of ours.
struct Beside {
  const char* stage;
  const char* name;
  const char* what;
  std::vector<std::string> arguments;
};

const std::vector<Beside>& references() {
  static const std::vector<Beside> all = {
      {"shift_gcn_window", "shift_gcn_reference", "the same in plain PyTorch, run in turn", {}},
      {"shift_gcn_gpu", "gpu_reference", "the same in eager PyTorch on the GPU, run in turn", {"--device", "cuda"}},
      {"shift_gcn_gpu", "gpu_compiled", "the same by torch.compile, run in turn", {"--device", "cuda", "--compile"}},
      {"shift_gcn_gpu_64",
       "gpu_64_reference",
       "the same in eager PyTorch on the GPU, run in turn",
       {"--device", "cuda", "--batch", "64"}},
      {"shift_gcn_gpu_64",
       "gpu_64_compiled",
       "the same by torch.compile, run in turn",
       {"--device", "cuda", "--batch", "64", "--compile"}},
  };
  return all;
}

bool has_reference(const Stage* stage) {
  return std::ranges::any_of(references(),
                             [&](const Beside& beside) { return stage->name == std::string(beside.stage); });
}

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
  const Prepared ours = stage.prepare(subject);
  std::vector<TimedRun> runs = {ours.run};
  std::vector<const Beside*> beside;
  std::vector<std::unique_ptr<Reference>> pythons;
  for (const Beside& one : references()) {
    if (stage.name != std::string(one.stage)) continue;
    beside.push_back(&one);
    pythons.push_back(std::make_unique<Reference>(subject.options().reference, subject.weights(), input,
                                                  subject.info().threads, stop, one.arguments));
    runs.emplace_back([python = pythons.back().get()] { return python->run(); });
  }
  const std::vector<Times> times = measure(runs, subject.options().repeat, stop);
  const core::ClosedSetResult result = subject.engine().classify_closed_set(*subject.clip(), subject.weights());
  std::vector<StageResult> results = {{stage.name, stage.what, times[0], "", ours.facts()}};
  for (std::size_t i = 0; i < beside.size(); ++i) {
    results.push_back({beside[i]->name,
                       beside[i]->what,
                       times[1 + i],
                       "",
                       {{"torch", pythons[i]->version()},
                        {"logits_difference", number(difference(result.logits, pythons[i]->logits()))}}});
  }
  return results;
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
  if (beside && std::ranges::none_of(chosen, has_reference)) {
    throw Error(Code::bad_argument,
                "--reference is measured beside the stages shift_gcn_window, shift_gcn_gpu and "
                "shift_gcn_gpu_64, which --stages leaves out");
  }
  Subject subject(options);
  if (!options.weights.empty()) subject.weights();  // a wrong name ends the command before anything is measured
  BenchReport report{machine_document(subject), {}};
  for (const Stage* stage : chosen) {
    fmt::print(stderr, "{}\n", stage->name);
    const bool possible = !stage->needs_gpu || core::load_engine_module().gpu().usable;
    if (beside && possible && has_reference(stage)) {
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
  app.add_option("--model", options->model, "model that recognises: file or folder; the default one without it");
  app.add_option("--reference", options->reference,
                 "Python interpreter with torch (benchmarks/reference/requirements.txt): Shift-GCN in plain PyTorch is "
                 "run in turn with ours; on a GPU eager and by torch.compile");
  app.add_flag("--json", options->as_json, "one JSON document on stdout");
  return [options](const Call& call) { return bench(*options, call.stop); };
}

}  // namespace purlscope::app::cli
