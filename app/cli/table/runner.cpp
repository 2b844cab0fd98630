#include "app/cli/table/runner.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>

#include "app/cli/support/lab_options.h"
#include "app/cli/support/recognising.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/paths.h"
#include "core/engine/loader.h"
#include "core/formats/dataset.h"

namespace purlscope::app::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

LabOptions with_config(const std::string& file) {
  LabOptions options;
  options.config = file;
  return options;
}

/// --config is of PURLS and Global; the other methods that train take from it where they do.
json settings_of(const std::string& method, const json& config) {
  if (method == "purls" || method == "global") return config;
  if (method == "structured" || !config.is_object() || !config.contains("device")) return json::object();
  return {{"device", config["device"]}};
}

}  // namespace

TableRunner::TableRunner(const TableRequest& request, const TablePlan& plan)
    : request_(request),
      plan_(plan),
      results_(request.results.empty() ? request.out + ".results" : request.results),
      config_(load_config(with_config(request.config))),
      lab_(core::load_engine_module().make_lab({})) {
  check_settings();
  std::error_code failed;
  fs::create_directories(results_, failed);
  if (failed) throw Error(Code::io, fmt::format("{}: cannot be created: {}", results_.string(), failed.message()));
}

void TableRunner::check_settings() const {
  check_config(with_config(request_.config), [&] {
    for (const TableCell& cell : plan_.cells) lab_->check(options_of(cell));
  });
}

core::EvaluateOptions TableRunner::options_of(const TableCell& cell) const {
  const core::PaperRow& row = plan_.row(cell);
  core::EvaluateOptions options;
  options.method = row.method;
  options.backbone = row.backbone;
  options.protocol = row.protocol;
  options.seeds = request_.seeds;
  options.paraphrases = request_.paraphrases;
  options.config = settings_of(row.method, config_);
  if (row.config.is_object()) options.config.merge_patch(row.config);
  return options;
}

/// The name is made of everything that a result depends on.
fs::path TableRunner::file_of(const TableCell& cell) const {
  const core::EvaluateOptions options = options_of(cell);
  const core::PaperColumn& column = plan_.column(cell);
  core::Fnv1a hash;
  hash.add(fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", core::version(), options.method, options.backbone, options.protocol,
                       options.config.dump(), options.seeds, cell.folder.string(), fmt::join(request_.texts, "|")));
  if (request_.paraphrases) hash.add("|paraphrases");
  return results_ / fmt::format("{}-{}-{}-{:016x}.json", column.dataset, column.split, options.method, hash.value());
}

std::optional<json> TableRunner::earlier(const TableCell& cell) const {
  std::ifstream in(file_of(cell));
  json result = json::parse(in, nullptr, false);
  if (!result.is_object() || !result.contains("accuracy")) return std::nullopt;
  return result;
}

json TableRunner::run(const TableCell& cell, const core::ProgressFn& progress, const std::stop_token& stop) {
  json result = lab_->evaluate(data_of(cell, progress, stop), options_of(cell), progress, stop);
  if (!result.value("zero_shot", true)) {
    throw Error(
        Code::bad_argument,
        "not a zero-shot figure: the backbone was trained on other data (backbone.pretrained); leave that key out "
        "of --config");
  }
  result.erase("predictions");  // a table has no use for them
  const std::string text = result.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
  core::AtomicFile out(file_of(cell));
  out.write(text.data(), text.size());
  out.commit();
  return result;
}

/// Read once while the systems of a column are run.
const core::LabData& TableRunner::data_of(const TableCell& cell, const core::ProgressFn& progress,
                                          const std::stop_token& stop) {
  std::string key = core::column_key(plan_.column(cell));
  if (key == loaded_) return data_;
  loaded_.clear();
  const auto as_preparation = [&](const core::Progress& step) {
    core::Progress open = step;
    open.fraction = -1;  // of the loading, not of the evaluation
    progress(open);
  };
  data_ = core::load_lab_data({.dataset = cell.folder,
                               .split = plan_.column(cell).split,
                               .recordings = {},
                               .skip_list = {},
                               .with = {},
                               .texts = to_paths(request_.texts),
                               .wordings = wordings(request_.paraphrases),
                               .classes = cell.classes},
                              as_preparation, stop);
  loaded_ = std::move(key);
  return data_;
}

}  // namespace purlscope::app::cli
