#include "core/report/table_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/report/html_page.h"

namespace purlscope::core {
namespace {

/// A part of a table: the paper's columns, or those it lacks.
struct Part {
  std::string caption;
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
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

bool was_measured(const MeasuredCells& cells, std::size_t column) {
  return std::ranges::any_of(cells, [&](const auto& row) { return row[column].has_value(); });
}

Part make_part(const FilledTable& filled, const std::vector<std::size_t>& columns, std::string caption) {
  Part part{std::move(caption), {"System"}, {}};
  for (const std::size_t c : columns) part.head.push_back(filled.table.columns[c].title);
  for (std::size_t r = 0; r < filled.table.rows.size(); ++r) {
    const PaperRow& row = filled.table.rows[r];
    std::vector<std::string> line = {row.name};
    for (const std::size_t c : columns) {
      line.push_back(cell_text(row, column_key(filled.table.columns[c]), filled.cells[r][c]));
    }
    part.rows.push_back(std::move(line));
  }
  return part;
}

std::vector<Part> parts_of(const FilledTable& filled) {
  std::vector<std::size_t> of_paper, own;
  for (std::size_t c = 0; c < filled.table.columns.size(); ++c) {
    if (filled.table.columns[c].in_paper) {
      of_paper.push_back(c);
    } else if (was_measured(filled.cells, c)) {
      own.push_back(c);
    }
  }
  std::vector<Part> parts = {make_part(filled, of_paper, "Splits of the paper's table: ours (the paper's)")};
  if (!own.empty()) parts.push_back(make_part(filled, own, "Splits that the paper's table lacks: ours alone"));
  return parts;
}

/// The row that differs from a row of the published protocol by being leak-free alone.
const PaperRow* leak_free_twin(const PaperTable& table, const PaperRow& published) {
  const auto twin = std::ranges::find_if(table.rows, [&](const PaperRow& row) {
    return row.protocol != published.protocol && row.method == published.method && row.backbone == published.backbone &&
           row.config == published.config;
  });
  return twin == table.rows.end() ? nullptr : &*twin;
}

std::vector<std::string> leaks(const FilledTable& filled) {
  const PaperTable& table = filled.table;
  std::vector<std::string> lines;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    if (table.rows[r].protocol != "published") continue;
    const PaperRow* twin = leak_free_twin(table, table.rows[r]);
    if (twin == nullptr) continue;
    const auto& honest = filled.cells[static_cast<std::size_t>(twin - table.rows.data())];
    std::vector<std::string> sizes;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const std::optional<Measured>&with = filled.cells[r][c], &without = honest[c];
      if (!with || !without) continue;
      sizes.push_back(fmt::format("{} {:+.1f}", table.columns[c].title, with->mean - without->mean));
    }
    if (sizes.empty()) continue;
    lines.push_back(fmt::format("Size of the leak, in points ({} less {}): {}.", table.rows[r].name, twin->name,
                                fmt::join(sizes, ", ")));
  }
  return lines;
}

std::vector<std::string> remarks(const FilledTable& filled) {
  std::vector<std::string> lines;
  for (const PaperRow& row : filled.table.rows) {
    if (!row.note.empty()) lines.push_back(fmt::format("{}: {}.", row.name, row.note));
  }
  for (std::string& leak : leaks(filled)) lines.push_back(std::move(leak));
  return lines;
}

std::string legend(const TablePage& page) {
  int seeds = 0;
  for (const FilledTable& filled : page.tables) {
    for (const auto& row : filled.cells) {
      for (const auto& cell : row) seeds = std::max(seeds, cell ? cell->seeds : 0);
    }
  }
  return fmt::format("Accuracy on the unseen classes in %, ours{}; in brackets the paper's figure; - = not measured.",
                     seeds > 1 ? fmt::format(" as mean ± standard deviation of {} seeds", seeds) : "");
}

std::string published_line(const TablePage& page) { return fmt::format("Published figures: {}.", page.source); }

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& cell : cells) out += fmt::format("| {} ", cell);
  return out + "|\n";
}

std::string markdown_of(const FilledTable& filled) {
  std::string out = fmt::format("\n## Table {}: {}\n", filled.table.number, filled.table.title);
  for (const Part& part : parts_of(filled)) {
    out += fmt::format("\n**{}**\n\n", part.caption);
    out += markdown_row(part.head) + markdown_row(std::vector<std::string>(part.head.size(), "---"));
    for (const auto& row : part.rows) out += markdown_row(row);
  }
  for (const std::string& remark : remarks(filled)) out += fmt::format("\n{}\n", remark);
  return out;
}

std::string html_of(const FilledTable& filled) {
  std::string body;
  for (const Part& part : parts_of(filled)) body += html_table({part.caption, part.head, part.rows});
  for (const std::string& remark : remarks(filled)) body += html_paragraph(remark);
  return html_section(fmt::format("Table {}: {}", filled.table.number, filled.table.title), body);
}

}  // namespace

std::string to_markdown(const TablePage& page) {
  std::string out = fmt::format("# {}\n\n{}\n\n{}\n", page.title, published_line(page), legend(page));
  if (!page.state.empty()) out += fmt::format("\n**{}**\n", page.state);
  for (const FilledTable& filled : page.tables) out += markdown_of(filled);
  for (const PageNote& note : page.notes) {
    if (note.lines.empty()) continue;
    out += fmt::format("\n## {}\n\n", note.title);
    for (const std::string& line : note.lines) out += fmt::format("- {}\n", line);
  }
  return out;
}

std::string to_html(const TablePage& page) {
  std::string body = fmt::format("<h1>{}</h1>\n", html_escaped(page.title));
  body += html_paragraph(published_line(page)) + html_paragraph(legend(page));
  if (!page.state.empty()) body += fmt::format("<p><strong>{}</strong></p>\n", html_escaped(page.state));
  for (const FilledTable& filled : page.tables) body += html_of(filled);
  for (const PageNote& note : page.notes) {
    if (!note.lines.empty()) body += html_section(note.title, html_list(note.lines));
  }
  return html_page(page.title, body);
}

}  // namespace purlscope::core
