#include "core/report/paper_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::core {
namespace {

using nlohmann::json;

PaperDataset read_dataset(const json& entry) {
  PaperDataset dataset;
  dataset.name = entry.at("name").get<std::string>();
  dataset.kind = entry.at("kind").get<std::string>();
  dataset.classes = entry.at("classes").get<std::size_t>();
  dataset.title = entry.at("title").get<std::string>();
  dataset.how_to_get = entry.at("how_to_get").get<std::string>();
  for (const json& split : entry.at("splits")) {
    dataset.splits.push_back({split.at("split").get<std::string>(), split.at("title").get<std::string>()});
  }
  return dataset;
}

PaperRow read_row(const json& entry) {
  PaperRow row;
  row.name = entry.at("name").get<std::string>();
  row.method = entry.at("method").get<std::string>();
  row.backbone = entry.value("backbone", "");
  row.protocol = entry.value("protocol", "leak-free");
  row.note = entry.value("note", "");
  row.config = entry.value("config", json());
  row.published = entry.at("published").get<std::map<std::string, double>>();
  return row;
}

PaperTable read_table(const json& entry, const std::vector<PaperDataset>& datasets) {
  PaperTable table{entry.at("number").get<int>(), entry.at("title").get<std::string>(), {}, {}};
  for (const json& row : entry.at("rows")) table.rows.push_back(read_row(row));
  for (const PaperDataset& dataset : datasets) {
    for (const PaperSplit& split : dataset.splits) {
      PaperColumn column{dataset.name, split.name, fmt::format("{} {}", dataset.title, split.title), false};
      const std::string key = column_key(column);
      column.in_paper =
          std::ranges::any_of(table.rows, [&](const PaperRow& row) { return row.published.contains(key); });
      table.columns.push_back(std::move(column));
    }
  }
  std::stable_partition(table.columns.begin(), table.columns.end(),
                        [](const PaperColumn& column) { return column.in_paper; });
  return table;
}

}  // namespace

std::string column_key(const PaperColumn& column) { return fmt::format("{}/{}", column.dataset, column.split); }

PaperTables bundled_paper_tables() {
  const auto file = resource("published/purls-cvpr2024.json");
  std::ifstream in(file);
  try {
    const json document = json::parse(in);
    PaperTables out;
    out.source = document.at("source").get<std::string>();
    for (const json& dataset : document.at("datasets")) out.datasets.push_back(read_dataset(dataset));
    for (const json& table : document.at("tables")) out.tables.push_back(read_table(table, out.datasets));
    return out;
  } catch (const json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}", file.string(), error.what()));
  }
}

}  // namespace purlscope::core
