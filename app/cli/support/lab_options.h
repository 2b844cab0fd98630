#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/lab.h"

namespace CLI {
class App;
}

namespace purlscope::app::cli {

/// Options that name the data of a zero-shot problem, shared by `train` and `evaluate`.
struct LabOptions {
  std::string dataset;
  std::string split;
  std::string recordings;          ///< recording split, empty for none
  std::string skip_list;           ///< file
  std::vector<std::string> with;   ///< folders of further training sets
  std::vector<std::string> texts;  ///< description tables
  bool paraphrases = false;        ///< every table that serves a data set gives a wording
  std::string config;              ///< JSON file
  std::string encoder;             ///< as add_encoder_option()
};

/// Adds --dataset, --split, --recordings, --skip-list, --with, --texts, --paraphrases, --config and --encoder.
void add_lab_options(CLI::App& app, LabOptions& options);

/// A lab with the text encoder that was asked for. @throws as core::load_engine_module and choose_encoder
std::unique_ptr<core::Lab> make_lab(const LabOptions& options);

/// Reads what the options name. @throws Error naming the option or file; Error{Code::cancelled} when asked to stop
core::LabData load_data(const LabOptions& options, const core::ProgressFn& progress, const std::stop_token& stop);

/// The recording split that was asked for, null without one.
nlohmann::json recordings_document(const LabOptions& options);

/// The clips of folders but for those that --skip-list names. @throws as load_data
std::vector<core::ClipSet> load_sets(const LabOptions& options, const std::vector<std::filesystem::path>& folders,
                                     const core::ProgressFn& progress, const std::stop_token& stop);

/// The settings of --config, an empty object without it.
/// @throws Error{Code::not_found}, Error{Code::bad_argument} unless it holds a JSON object; both name the file
nlohmann::json load_config(const LabOptions& options);

/// A JSON object from a file. @throws as load_config
nlohmann::json read_settings(const std::string& file);

/// Runs a check of these settings; what it complains of gets the file's name. @throws as `check`
void check_config(const LabOptions& options, const std::function<void()>& check);

/// The same texts as paths.
std::vector<std::filesystem::path> to_paths(const std::vector<std::string>& texts);

}  // namespace purlscope::app::cli
