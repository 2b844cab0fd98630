#include "core/report/paper_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::core {
namespace {

using nlohmann::json;

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

PaperTable read_table(const json& entry, const json& datasets) {
  PaperTable table{entry.at("number").get<int>(), entry.at("title").get<std::string>(), {}, {}};
  for (const json& column : entry.at("columns")) {
    const auto dataset = column.at("dataset").get<std::string>();
    const json& about = datasets.at(dataset);
    table.columns.push_back({dataset, column.at("split").get<std::string>(), column.at("title").get<std::string>(),
                             about.at("title").get<std::string>(), about.at("how_to_get").get<std::string>()});
  }
  for (const json& row : entry.at("rows")) table.rows.push_back(read_row(row));
  return table;
}

/// What both forms of a table are made from.
struct Filled {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> remarks;
};

std::string ours(const std::optional<Measured>& cell) {
  if (!cell) return "-";
  return cell->seeds < 2 ? fmt::format("{:.1f}", cell->mean)
                         : fmt::format("{:.1f} ± {:.1f}", cell->mean, cell->deviation);
}

std::string cell_text(const PaperRow& row, const std::string& key, const std::optional<Measured>& cell) {
  const auto published = row.published.find(key);
  if (published == row.published.end()) return ours(cell);
  return fmt::format("{} ({:.2f})", ours(cell), published->second);
}

bool has_figure(const PaperTable& table, const MeasuredCells& cells, std::size_t column) {
  const std::string key = column_key(table.columns[column]);
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    if (cells[r][column] || table.rows[r].published.contains(key)) return true;
  }
  return false;
}

bool was_measured(const MeasuredCells& cells, std::size_t column) {
  return std::ranges::any_of(cells, [&](const auto& row) { return row[column].has_value(); });
}

Filled fill(const PaperTable& table, const MeasuredCells& cells) {
  Filled out;
  out.head.emplace_back("system");
  std::vector<std::size_t> shown;
  std::vector<const PaperColumn*> absent;  // one column a data set
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const auto same_set = [&](const PaperColumn* other) { return other->dataset == table.columns[c].dataset; };
    if (!was_measured(cells, c) && std::ranges::none_of(absent, same_set)) absent.push_back(&table.columns[c]);
    if (!has_figure(table, cells, c)) continue;
    shown.push_back(c);
    out.head.push_back(fmt::format("{} {}", table.columns[c].dataset_title, table.columns[c].title));
  }
  int seeds = 0;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const PaperRow& row = table.rows[r];
    std::vector<std::string> line = {row.name};
    for (const std::size_t c : shown) {
      line.push_back(cell_text(row, column_key(table.columns[c]), cells[r][c]));
      if (cells[r][c]) seeds = std::max(seeds, cells[r][c]->seeds);
    }
    out.rows.push_back(std::move(line));
    if (!row.note.empty()) out.remarks.push_back(fmt::format("{}: {}.", row.name, row.note));
  }
  out.remarks.insert(out.remarks.begin(),
                     fmt::format("Accuracy on the unseen classes in %, here{}; in brackets the paper's figure.",
                                 seeds > 1 ? fmt::format(" as mean and standard deviation of {} seeds", seeds) : ""));
  for (const PaperColumn* column : absent) {
    out.remarks.push_back(fmt::format("{} was not measured. {}", column->dataset_title, column->how_to_get));
  }
  return out;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char byte : text) {
    switch (byte) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      default:
        out += byte;
    }
  }
  return out;
}

std::string html_row(const std::vector<std::string>& cells, const char* tag) {
  std::string out = "<tr>";
  for (const std::string& cell : cells) out += fmt::format("<{0}>{1}</{0}>", tag, escaped(cell));
  return out + "</tr>\n";
}

}  // namespace

std::string column_key(const PaperColumn& column) { return fmt::format("{}/{}", column.dataset, column.split); }

PaperTables bundled_paper_tables() {
  const auto file = resource("published/purls-cvpr2024.json");
  std::ifstream in(file);
  try {
    const json document = json::parse(in);
    PaperTables out{document.at("source").get<std::string>(), {}};
    for (const json& table : document.at("tables")) out.tables.push_back(read_table(table, document.at("datasets")));
    return out;
  } catch (const json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}", file.string(), error.what()));
  }
}

std::string to_markdown(const PaperTable& table, const MeasuredCells& cells) {
  const Filled filled = fill(table, cells);
  std::string out = fmt::format("## Table {}: {}\n\n", table.number, table.title);
  const auto add = [&](const std::vector<std::string>& line) {
    for (const std::string& cell : line) out += fmt::format("| {} ", cell);
    out += "|\n";
  };
  add(filled.head);
  add(std::vector<std::string>(filled.head.size(), "---"));
  for (const auto& row : filled.rows) add(row);
  out += '\n';
  for (const std::string& remark : filled.remarks) out += fmt::format("{}  \n", remark);
  return out;
}

std::string to_html(const PaperTable& table, const MeasuredCells& cells) {
  const Filled filled = fill(table, cells);
  std::string out =
      fmt::format("<h2>Table {}: {}</h2>\n<div class=\"wide\"><table>\n<thead>", table.number, escaped(table.title));
  out += html_row(filled.head, "th") + "</thead>\n<tbody>\n";
  for (const auto& row : filled.rows) out += html_row(row, "td");
  out += "</tbody></table></div>\n";
  for (const std::string& remark : filled.remarks) out += fmt::format("<p>{}</p>\n", escaped(remark));
  return out;
}

std::string html_page(const std::string& title, const std::string& body) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>{0}</title>\n<style>\n"
      "body{{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color:#1b1f24}}\n"
      ".wide{{overflow-x:auto}}\ntable{{border-collapse:collapse;font-variant-numeric:tabular-nums}}\n"
      "th,td{{padding:.35rem .7rem;text-align:right;border-bottom:1px solid #d5dae0;white-space:nowrap}}\n"
      "th:first-child,td:first-child{{text-align:left}}\nthead th{{border-bottom:2px solid #1b1f24}}\n"
      "p{{margin:.3rem 0;color:#444c56}}\n</style></head>\n<body><h1>{0}</h1>\n{1}</body></html>\n",
      escaped(title), body);
}

}  // namespace purlscope::core
