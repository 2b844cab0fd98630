#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>

#include "app/cli/table/plan.h"
#include "core/base/progress.h"
#include "core/engine/lab.h"

namespace purlscope::app::cli {

/// Runs the evaluations of tables. Each leaves a file of its result, so that a run that was stopped goes on.
class TableRunner {
 public:
  /// Creates the folder of results and refuses settings that no data could serve.
  /// @param request and @param plan outlive the runner
  /// @throws Error{Code::io}, Error{Code::bad_argument} naming the file of settings
  TableRunner(const TableRequest& request, const TablePlan& plan);

  /// What an earlier run found, as the JSON of `purlscope evaluate`; none when it left nothing readable.
  std::optional<nlohmann::json> earlier(const TableCell& cell) const;

  /// @return the JSON of `purlscope evaluate`, which is kept for later runs @throws as core::Lab::evaluate()
  nlohmann::json run(const TableCell& cell, const core::ProgressFn& progress, const std::stop_token& stop);

 private:
  core::EvaluateOptions options_of(const TableCell& cell) const;
  std::filesystem::path file_of(const TableCell& cell) const;
  const core::LabData& data_of(const TableCell& cell, const core::ProgressFn& progress, const std::stop_token& stop);
  void check_settings() const;

  const TableRequest& request_;
  const TablePlan& plan_;
  std::filesystem::path results_;
  nlohmann::json config_;
  std::unique_ptr<core::Lab> lab_;
  std::string loaded_;  ///< the column that data_ belongs to
  core::LabData data_;
};

}  // namespace purlscope::app::cli
