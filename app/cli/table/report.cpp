#include "app/cli/table/report.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "core/base/atomic_file.h"

namespace purlscope::app::cli {
namespace {

std::vector<core::FilledTable> empty_tables(const std::vector<core::PaperTable>& tables) {
  std::vector<core::FilledTable> filled;
  for (const core::PaperTable& table : tables) {
    const std::vector<std::optional<core::Measured>> row(table.columns.size());
    filled.push_back({table, core::MeasuredCells(table.rows.size(), row)});
  }
  return filled;
}

core::Measured measured(const nlohmann::json& accuracy) {
  return {100 * accuracy.at("mean").get<double>(), 100 * accuracy.at("sd").get<double>(),
          static_cast<int>(accuracy.at("per_seed").size())};
}

Json published(const core::PaperRow& row, const std::string& split) {
  const auto found = row.published.find(split);
  return found == row.published.end() ? Json(nullptr) : Json(found->second / 100);
}

core::PageNote absent_note(const TablePlan& plan) {
  core::PageNote note{"Data sets not at hand", {}};
  for (const core::PaperDataset& dataset : plan.absent) {
    note.lines.push_back(fmt::format("{}: {}.", dataset.title, dataset.how_to_get));
  }
  return note;
}

core::PageNote without_split_note(const TablePlan& plan) {
  core::PageNote note{"Data sets at hand that no table has", {}};
  for (const DatasetFolder& folder : plan.without_split) {
    note.lines.push_back(
        fmt::format("{} ({}): no class split of it is published; `purlscope evaluate --dataset {} --split "
                    "random:N:SEED` measures on N unseen classes drawn at random.",
                    folder.title, folder.path.string(), folder.path.string()));
  }
  return note;
}

}  // namespace

TableReport::TableReport(const TablePlan& plan) : plan_(plan), tables_(empty_tables(plan.tables)) {}

void TableReport::add(const TableCell& cell, const nlohmann::json& result) {
  const nlohmann::json& accuracy = result.at("accuracy");
  tables_[cell.table].cells[cell.row][cell.column] = measured(accuracy);
  const std::string split = core::column_key(plan_.column(cell));
  cells_.push_back({{"table", plan_.table(cell).number},
                    {"system", plan_.row(cell).name},
                    {"split", split},
                    {"accuracy", accuracy.at("mean")},
                    {"sd", accuracy.at("sd")},
                    {"published", published(plan_.row(cell), split)},
                    {"seconds", result.value("seconds", 0.0)}});
}

void TableReport::add_failure(const TableCell& cell, const std::string& why) {
  const std::string name = fmt::format("table {}, {}, {}", plan_.table(cell).number, plan_.row(cell).name,
                                       core::column_key(plan_.column(cell)));
  fmt::print(stderr, "{}: {}\n", name, why);
  problems_.push_back({{"cell", name}, {"error", why}});
}

core::TablePage TableReport::page() const {
  core::TablePage page;
  page.title = "Tables of PURLS, measured here";
  page.source = plan_.source;
  page.tables = tables_;
  const std::size_t done = cells_.size() + problems_.size();
  if (done < plan_.cells.size()) {
    page.state = fmt::format("Unfinished: {} of {} evaluations are done; the same command goes on where it ended.",
                             done, plan_.cells.size());
  }
  core::PageNote failures{"Not measured", {}};
  for (const Json& problem : problems_) {
    failures.lines.push_back(
        fmt::format("{}: {}", problem.at("cell").get<std::string>(), problem.at("error").get<std::string>()));
  }
  page.notes = {std::move(failures), absent_note(plan_), without_split_note(plan_)};
  return page;
}

void TableReport::write(const std::string& file) const {
  const bool as_html = std::filesystem::path(file).extension() == ".html";
  const std::string text = as_html ? core::to_html(page()) : core::to_markdown(page());
  core::AtomicFile out(file);
  out.write(text.data(), text.size());
  out.commit();
}

Json TableReport::document(const std::string& out) const {
  Json numbers = Json::array();
  for (const core::PaperTable& table : plan_.tables) numbers.push_back(table.number);
  return {{"out", out}, {"tables", numbers}, {"cells", cells_}, {"problems", problems_}};
}

}  // namespace purlscope::app::cli
