#include "app/cli/support/lab_options.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/cli/support/files.h"
#include "core/base/error.h"
#include "core/formats/dataset.h"

namespace purlscope::app::cli {

void add_lab_options(CLI::App& app, LabOptions& options) {
  app.add_option("--dataset", options.dataset, "folder of the data set");
  app.add_option("--split", options.split, "published split (ru5), random:N:SEED, or a file of unseen class names");
  app.add_option("--with", options.with,
                 "folders of further training sets; classes that mean the same as an unseen "
                 "one are left out");
  app.add_option("--texts", options.texts,
                 "tables of descriptions (TSV); tables beside the data set or the bundled "
                 "bank without it");
  app.add_option("--config", options.config, "JSON file with options of the method");
}

core::LabData load_data(const LabOptions& options, const core::ProgressFn& progress, std::stop_token stop) {
  return core::load_lab_data(options.dataset, options.split, to_paths(options.with), to_paths(options.texts), progress,
                             std::move(stop));
}

nlohmann::json load_config(const LabOptions& options) {
  if (options.config.empty()) return nlohmann::json::object();
  nlohmann::json config = read_json_file(options.config);
  if (!config.is_object()) {
    throw Error(Code::bad_format,
                fmt::format("{}: found {}, expected a JSON object of options", options.config, config.type_name()));
  }
  return config;
}

std::vector<std::filesystem::path> to_paths(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

}  // namespace purlscope::app::cli
