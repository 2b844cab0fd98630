#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/support/json_output.h"
#include "app/cli/table/plan.h"
#include "core/report/table_page.h"

namespace purlscope::app::cli {

/// What has been measured so far, as a page for people and as a document.
class TableReport {
 public:
  /// @param plan outlives the report
  explicit TableReport(const TablePlan& plan);

  /// @param result  the JSON of `purlscope evaluate`
  void add(const TableCell& cell, const nlohmann::json& result);
  void add_failure(const TableCell& cell, const std::string& why);
  bool failed() const { return !problems_.empty(); }

  /// Writes the page whole or not at all: HTML when the file's name ends so, else Markdown. @throws Error{Code::io}
  void write(const std::string& file) const;
  /// @param out  name of the page
  Json document(const std::string& out) const;

 private:
  core::TablePage page() const;

  const TablePlan& plan_;
  std::vector<core::FilledTable> tables_;
  Json cells_ = Json::array();
  Json problems_ = Json::array();
};

}  // namespace purlscope::app::cli
