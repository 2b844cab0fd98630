#pragma once

#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/report/paper_tables.h"

namespace purlscope::app::cli {

/// What the user of `table` asks for; lists that are empty restrict nothing.
struct TableRequest {
  std::vector<std::string> datasets;  ///< folders
  std::vector<std::string> texts;
  bool paraphrases = false;  ///< every one of `texts` that serves a data set gives a wording
  std::vector<int> tables;
  std::vector<std::string> methods;
  std::vector<std::string> splits;  ///< as core::column_key()
  std::string config;
  std::string out;
  std::string results;
  int seeds = 3;
};

/// A data set at hand.
struct DatasetFolder {
  std::string kind;
  std::string title;
  std::size_t classes = 0;
  std::filesystem::path path;
};

/// One evaluation: a system of a table on a split.
struct TableCell {
  std::size_t table = 0, row = 0, column = 0;  ///< in TablePlan::tables
  std::size_t classes = 0;                     ///< the first so many of the folder
  std::filesystem::path folder;
};

struct TablePlan {
  std::string source;  ///< of the published figures
  std::vector<core::PaperTable> tables;
  std::vector<TableCell> cells;              ///< in the order in which they are run
  std::vector<core::PaperDataset> absent;    ///< data sets that no folder holds
  std::vector<DatasetFolder> without_split;  ///< folders of data sets that no table knows

  const core::PaperTable& table(const TableCell& cell) const { return tables[cell.table]; }
  const core::PaperRow& row(const TableCell& cell) const { return table(cell).rows[cell.row]; }
  const core::PaperColumn& column(const TableCell& cell) const { return table(cell).columns[cell.column]; }
};

/// @throws Error{Code::bad_argument} for a method or split that no table has, and for two folders of one data set; what
///         core::index_dataset() throws
TablePlan make_plan(const TableRequest& request, const std::stop_token& stop);

}  // namespace purlscope::app::cli
