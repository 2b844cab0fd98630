#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <map>

#include "app/cli/commands/command.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/progress.h"
#include "core/formats/dataset.h"
#include "core/formats/dataset/check/summary.h"
#include "core/formats/dataset/split/recording_split.h"
#include "core/formats/dataset/split/split.h"

namespace purlscope::app::cli {
namespace {

constexpr std::size_t kMostOfAKind = 5;  // problems that people are shown; --json has all

struct DatasetOptions {
  std::string folder;
  std::string skip_list;
  bool check = false;
  bool without_cache = false;
  bool as_json = false;
};

core::Dataset index(const DatasetOptions& options, const std::stop_token& stop) {
  ProgressPrinter printer;
  core::IndexOptions how;
  if (!options.without_cache) how.cache = core::dataset_cache_dir();
  how.skip_list = options.skip_list;
  how.progress = printer.callback();
  how.stop = stop;
  core::Dataset dataset = core::index_dataset(options.folder, how);
  if (options.check) core::check_dataset(dataset, how);
  return dataset;
}

Json splits_document(const core::Dataset& dataset) {
  Json zero_shot = Json::object();
  for (const auto& [name, unseen] : core::unseen_splits(dataset.kind, dataset.classes.size())) {
    Json names = Json::array();
    for (const int index : unseen) names.push_back(dataset.classes.at(static_cast<std::size_t>(index)));
    zero_shot[name] = std::move(names);
  }
  Json recordings = Json::object();
  for (const core::RecordingSplit& split : core::recording_splits(dataset)) {
    const core::SplitSides sides = core::divide(dataset, split);
    recordings[split.name] = {{"by", split.by},
                              {"train", split.train},
                              {"test", split.test},
                              {"train_clips", sides.train.size()},
                              {"test_clips", sides.test.size()},
                              {"source", split.source}};
  }
  return {{"unseen", std::move(zero_shot)}, {"recordings", std::move(recordings)}};
}

Json document_of(const core::Dataset& dataset, const core::DatasetSummary& summary,
                 const std::vector<core::DatasetProblem>& problems) {
  const bool whole = summary.read == dataset.entries.size();
  Json per_class = Json::object();
  for (std::size_t c = 0; c < dataset.classes.size(); ++c) per_class[dataset.classes[c]] = summary.clips_of_class[c];
  Json texts = Json::array();
  std::map<std::string, std::size_t> counts;
  for (const core::DatasetProblem& problem : problems) {
    texts.push_back(problem.text);
    ++counts[problem.kind];
  }
  return {{"path", dataset.path.string()},
          {"kind", dataset.kind},
          {"edition", dataset.edition.empty() ? Json(nullptr) : Json(dataset.edition)},
          {"title", core::dataset_title(dataset)},
          {"clips", dataset.entries.size()},
          {"classes", dataset.classes},
          {"clips_per_class", std::move(per_class)},
          {"formats", summary.formats},
          {"layouts", summary.layouts},
          {"subjects", summary.subjects},
          {"cameras", summary.cameras},
          {"setups", summary.setups},
          {"repetitions", summary.repetitions},
          {"splits", splits_document(dataset)},
          {"checked", summary.read},
          {"frames_total", whole ? Json(summary.frames) : Json(nullptr)},
          {"seconds", whole ? number(summary.seconds) : Json(nullptr)},
          {"reader_warnings", whole ? Json(summary.warnings) : Json(nullptr)},
          {"skipped", dataset.skipped},
          {"since_last_index", dataset.changes.cached ? Json{{"added", dataset.changes.added},
                                                             {"removed", dataset.changes.removed},
                                                             {"changed", dataset.changes.changed}}
                                                      : Json(nullptr)},
          {"problems", std::move(texts)},
          {"problem_counts", counts}};
}

void print_row(const char* name, const std::vector<std::string>& values) {
  if (!values.empty()) fmt::print("  {:<10} {}\n", name, fmt::join(values, ", "));
}

void print_splits(const core::Dataset& dataset) {
  std::vector<std::string> names;
  for (const auto& [name, unseen] : core::unseen_splits(dataset.kind, dataset.classes.size())) names.push_back(name);
  print_row("unseen", names);
  for (const core::RecordingSplit& split : core::recording_splits(dataset)) {
    const core::SplitSides sides = core::divide(dataset, split);
    fmt::print("  {:<10} by {}: {} train, {} test\n", split.name, split.by, sides.train.size(), sides.test.size());
  }
}

void print_for_people(const core::Dataset& dataset, const core::DatasetSummary& summary,
                      const std::vector<core::DatasetProblem>& problems) {
  fmt::print("{}: {} ({})\n", dataset.path.string(), core::dataset_title(dataset), dataset.kind);
  fmt::print("  {:<10} {}\n", "clips", dataset.entries.size());
  if (summary.read == dataset.entries.size()) {
    fmt::print("  {:<10} {} frames, {:.1f} min\n", "length", summary.frames, summary.seconds / 60.0);
  }
  print_row("formats", summary.formats);
  print_row("layouts", summary.layouts);
  print_row("subjects", summary.subjects);
  print_row("cameras", summary.cameras);
  print_row("setups", summary.setups);
  print_splits(dataset);
  if (!dataset.skipped.empty()) fmt::print("  {:<10} {} by the skip list\n", "left out", dataset.skipped.size());
  fmt::print("  {:<10} {}\n", "classes", dataset.classes.size());
  for (std::size_t c = 0; c < dataset.classes.size(); ++c) {
    if (summary.clips_of_class[c] > 0) fmt::print("{:8}  {}\n", summary.clips_of_class[c], dataset.classes[c]);
  }
  if (problems.empty())
    fmt::print("  no problem found{}\n", summary.read == 0 ? " in the names; --check reads the clips" : "");
  std::map<std::string, std::size_t> counts;
  for (const core::DatasetProblem& problem : problems) {
    if (++counts[problem.kind] <= kMostOfAKind) fmt::print("  problem    {}\n", problem.text);
  }
  for (const auto& [kind, count] : counts) {
    if (count > kMostOfAKind)
      fmt::print("  problem    and {} more: {}; --json lists all\n", count - kMostOfAKind, kind);
  }
}

int dataset(const DatasetOptions& options, const std::stop_token& stop) {
  const core::Dataset found = index(options, stop);
  const core::DatasetSummary summary = core::summarise(found);
  const std::vector<core::DatasetProblem> problems = core::dataset_problems(found);
  options.as_json ? print_line(document_of(found, summary, problems)) : print_for_people(found, summary, problems);
  return kDone;
}

}  // namespace

Run define_dataset(CLI::App& app) {
  auto options = std::make_shared<DatasetOptions>();
  app.add_option("DIR", options->folder, "folder of recordings")->required();
  app.add_flag("--check", options->check, "read every clip: finds repetitions, short, empty and damaged ones");
  app.add_option("--skip-list", options->skip_list, "text file with names of samples to leave out, one a line");
  app.add_flag("--no-cache", options->without_cache, "neither use nor keep what is known of the folder");
  app.add_flag("--json", options->as_json, "one JSON document");
  return [options](const Call& call) { return dataset(*options, call.stop); };
}

}  // namespace purlscope::app::cli
