#include "app/cli/table/plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/formats/dataset.h"
#include "core/formats/dataset/check/summary.h"

namespace purlscope::app::cli {
namespace {

template <typename T>
bool wanted(const std::vector<T>& asked, const T& value) {
  return asked.empty() || std::ranges::find(asked, value) != asked.end();
}

/// Refuses a name that nothing has: the figures would silently be missing.
void expect_known(const char* what, const std::vector<std::string>& asked, const std::set<std::string>& known) {
  for (const std::string& name : asked) {
    if (known.contains(name)) continue;
    throw Error(Code::bad_argument,
                fmt::format("table: no {} '{}' in the tables; known: {}", what, name, fmt::join(known, ", ")));
  }
}

void check_names(const TableRequest& request, const core::PaperTables& paper) {
  std::set<std::string> methods, splits;
  for (const core::PaperTable& table : paper.tables) {
    for (const core::PaperRow& row : table.rows) methods.insert(row.method);
    for (const core::PaperColumn& column : table.columns) splits.insert(core::column_key(column));
  }
  expect_known("method", request.methods, methods);
  expect_known("split", request.splits, splits);
}

std::vector<DatasetFolder> find_folders(const std::vector<std::string>& paths, const std::stop_token& stop) {
  std::vector<DatasetFolder> folders;
  for (const std::string& path : paths) {
    const core::Dataset dataset = core::index_dataset(path, stop);
    folders.push_back({dataset.kind, core::dataset_title(dataset), dataset.classes.size(), path});
  }
  return folders;
}

/// The folder that holds a data set, as near to its own release as there is one; null when it is not at hand.
const DatasetFolder* folder_of(const core::PaperDataset& dataset, const std::vector<DatasetFolder>& folders) {
  const DatasetFolder* best = nullptr;
  for (const DatasetFolder& folder : folders) {
    if (folder.kind != dataset.kind || folder.classes < dataset.classes) continue;
    if (best != nullptr && best->classes == folder.classes) {
      throw Error(Code::bad_argument, fmt::format("table: {} and {} both hold {}: name one of them",
                                                  best->path.string(), folder.path.string(), folder.title));
    }
    if (best == nullptr || folder.classes < best->classes) best = &folder;
  }
  return best;
}

bool in_no_table(const DatasetFolder& folder, const std::vector<core::PaperDataset>& datasets) {
  return std::ranges::none_of(datasets, [&](const core::PaperDataset& dataset) {
    return dataset.kind == folder.kind && dataset.classes <= folder.classes;
  });
}

void add_cells(TablePlan& plan, std::size_t table, const TableRequest& request, const core::PaperTables& paper,
               const std::vector<DatasetFolder>& folders) {
  const std::vector<core::PaperColumn>& columns = plan.tables[table].columns;
  const std::vector<core::PaperRow>& rows = plan.tables[table].rows;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!wanted(request.splits, core::column_key(columns[c]))) continue;
    const auto dataset = std::ranges::find(paper.datasets, columns[c].dataset, &core::PaperDataset::name);
    const DatasetFolder* folder = folder_of(*dataset, folders);
    if (folder == nullptr) continue;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (wanted(request.methods, rows[r].method)) plan.cells.push_back({table, r, c, dataset->classes, folder->path});
    }
  }
}

}  // namespace

TablePlan make_plan(const TableRequest& request, const std::stop_token& stop) {
  const core::PaperTables paper = core::bundled_paper_tables();
  check_names(request, paper);
  const std::vector<DatasetFolder> folders = find_folders(request.datasets, stop);
  TablePlan plan;
  plan.source = paper.source;
  for (const core::PaperTable& table : paper.tables) {
    if (!wanted(request.tables, table.number)) continue;
    plan.tables.push_back(table);
    add_cells(plan, plan.tables.size() - 1, request, paper, folders);
  }
  for (const core::PaperDataset& dataset : paper.datasets) {
    if (folder_of(dataset, folders) == nullptr) plan.absent.push_back(dataset);
  }
  for (const DatasetFolder& folder : folders) {
    if (in_no_table(folder, paper.datasets)) plan.without_split.push_back(folder);
  }
  return plan;
}

}  // namespace purlscope::app::cli
