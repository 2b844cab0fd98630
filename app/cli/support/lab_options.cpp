#include "app/cli/support/lab_options.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>

#include "app/cli/support/recognising.h"
#include "core/base/error.h"
#include "core/engine/loader.h"
#include "core/formats/dataset.h"
#include "core/formats/dataset/set_texts.h"

namespace purlscope::app::cli {

void add_lab_options(CLI::App& app, LabOptions& options) {
  app.add_option("--dataset", options.dataset, "folder of the data set");
  app.add_option("--split", options.split, "published split (ru5), random:N:SEED, or a file of unseen class names");
  app.add_option("--recordings", options.recordings,
                 "recording split on top (xsub, xview; `dataset` lists them): seen classes by its training side, "
                 "unseen ones by its test side");
  app.add_option("--skip-list", options.skip_list, "text file with names of samples to leave out, one a line");
  app.add_option("--with", options.with,
                 "folders of further training sets; classes that mean the same as an unseen "
                 "one are left out");
  app.add_option("--texts", options.texts,
                 "tables of descriptions (TSV, or FILE.xlsx#SHEET); tables beside the data set or the bundled "
                 "bank without it");
  add_paraphrases_flag(app, options.paraphrases);
  app.add_option("--config", options.config, "JSON file with options of the method");
  add_encoder_option(app, options.encoder);
}

std::unique_ptr<core::Lab> make_lab(const LabOptions& options) {
  core::EngineOptions engine;
  choose_encoder(engine, options.encoder);
  return core::load_engine_module().make_lab(engine);
}

core::LabData load_data(const LabOptions& options, const core::ProgressFn& progress, const std::stop_token& stop) {
  return core::load_lab_data({.dataset = options.dataset,
                              .split = options.split,
                              .recordings = options.recordings,
                              .skip_list = options.skip_list,
                              .with = to_paths(options.with),
                              .texts = to_paths(options.texts),
                              .wordings = wordings(options.paraphrases)},
                             progress, stop);
}

nlohmann::json recordings_document(const LabOptions& options) {
  return options.recordings.empty() ? nlohmann::json(nullptr) : nlohmann::json(options.recordings);
}

std::vector<core::ClipSet> load_sets(const LabOptions& options, const std::vector<std::filesystem::path>& folders,
                                     const core::ProgressFn& progress, const std::stop_token& stop) {
  core::IndexOptions how;
  how.skip_list = options.skip_list;
  how.stop = stop;
  const core::Wordings which = wordings(options.paraphrases);
  std::vector<core::ClipSet> sets;
  sets.reserve(folders.size());
  for (const auto& folder : folders) {
    sets.push_back(
        core::load_clip_set(core::index_dataset(folder, how), to_paths(options.texts), progress, stop, which));
  }
  if (which == core::Wordings::all) {
    std::vector<const core::ClipSet*> all;
    for (const core::ClipSet& set : sets) all.push_back(&set);
    core::expect_further_wordings(all);
  }
  return sets;
}

nlohmann::json load_config(const LabOptions& options) {
  return options.config.empty() ? nlohmann::json::object() : read_settings(options.config);
}

nlohmann::json read_settings(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw Error(Code::not_found, fmt::format("{}: cannot be read; check the path", file));
  nlohmann::json config;
  try {
    config = nlohmann::json::parse(in);
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_argument, fmt::format("{}: not valid JSON: {}", file, error.what()));
  }
  if (!config.is_object()) {
    throw Error(Code::bad_argument,
                fmt::format("{}: found {}, expected a JSON object of options", file, config.type_name()));
  }
  return config;
}

void check_config(const LabOptions& options, const std::function<void()>& check) {
  try {
    check();
  } catch (const Error& error) {
    if (options.config.empty()) throw;
    throw Error(error.code(), fmt::format("{}: {}", options.config, error.what()));
  }
}

std::vector<std::filesystem::path> to_paths(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

}  // namespace purlscope::app::cli
