#include "core/formats/tables/label_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/formats/class_list.h"
#include "core/formats/tables/workbook.h"
#include "core/text/description_rows.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kEnding = ".xlsx";

struct SheetPlace {
  fs::path file;
  std::string sheet;  ///< empty when none is named
};

/// Splits at the `#` behind the ending, so that other signs in names do no harm.
SheetPlace split_place(const fs::path& table) {
  const std::string text = table.string();
  const std::size_t end = lower_ascii(text).rfind(std::string(kEnding) + '#');
  if (end == std::string::npos) return {table, {}};
  const std::size_t sign = end + kEnding.size();
  return {text.substr(0, sign), text.substr(sign + 1)};
}

/// Letters and digits alone, in lower case: "NTU-RGB+D" and "ntu-rgbd" become the same.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : lower_ascii(std::string(name))) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) plain += c;
  }
  return plain;
}

bool named_after(const std::string& sheet, std::string_view kind) {
  const std::string name = plain_name(sheet);
  const std::vector<std::string>& aliases = class_list(std::string(kind)).aliases;
  return std::any_of(aliases.begin(), aliases.end(),
                     [&](const std::string& alias) { return name.find(plain_name(alias)) != std::string::npos; });
}

std::size_t choose_sheet(const SheetPlace& place, const std::vector<std::string>& sheets, std::string_view kind) {
  const auto first = [&](auto fits) {
    return static_cast<std::size_t>(std::find_if(sheets.begin(), sheets.end(), fits) - sheets.begin());
  };
  std::size_t chosen = sheets.size();
  if (!place.sheet.empty()) {
    chosen = first([&](const std::string& s) { return lower_ascii(s) == lower_ascii(place.sheet); });
  } else if (sheets.size() == 1) {
    chosen = 0;
  } else if (!kind.empty() && has_class_list(std::string(kind))) {
    chosen = first([&](const std::string& s) { return named_after(s, kind); });
  }
  if (chosen < sheets.size()) return chosen;
  const std::string wish = place.sheet.empty() ? "several sheets" : fmt::format("no sheet \"{}\"", place.sheet);
  throw Error(Code::bad_argument, fmt::format("{}: {}; name one as {}#SHEET: {}", place.file.string(), wish,
                                              place.file.filename().string(), fmt::join(sheets, ", ")));
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

bool is_heading(std::size_t column, const std::string& text) {
  const std::string name = lower_ascii(trimmed(text));
  if (column == 0) return name == "label" || name == "labels" || name == "action label" || name == "action labels";
  if (column > kSentenceCount) return false;
  if (name == kSentences[column - 1]) return true;
  return column == kSentenceCount && (name == "global desc" || name == "global description");
}

/// A row of the right width, trimmed.
DescriptionRow to_row(const std::string& file, const std::string& sheet, const SheetRow& row) {
  DescriptionRow result{fmt::format("sheet \"{}\", row {}", sheet, row.number), {}, {}};
  for (const auto& [column, text] : row.cells) {
    std::string value = trimmed(text);
    if (column == 0) {
      result.label = std::move(value);
    } else if (column <= kSentenceCount) {
      result.sentences[column - 1] = std::move(value);
    } else if (!value.empty()) {
      throw Error(Code::bad_format, fmt::format("{}, {}, column {}: a text behind the nine columns; remove it", file,
                                                result.place, column_letters(column)));
    }
  }
  return result;
}

bool is_blank(const DescriptionRow& row) {
  return row.label.empty() && std::all_of(row.sentences.begin(), row.sentences.end(),
                                          [](const std::string& sentence) { return sentence.empty(); });
}

std::vector<Label> read_sheet(const SheetPlace& place, std::string_view kind, Code label_code) {
  const Workbook book(place.file);
  const std::string file = place.file.string();
  const std::vector<std::string> sheets = book.sheets();
  const std::size_t chosen = choose_sheet(place, sheets, kind);
  const std::vector<SheetRow> rows = book.read(chosen);
  const auto heading_at = [&](std::size_t column) {
    const auto found = rows.front().cells.find(column);
    return found != rows.front().cells.end() && is_heading(column, found->second);
  };
  std::size_t columns = 0;
  while (!rows.empty() && columns <= kSentenceCount && heading_at(columns)) ++columns;
  if (columns <= kSentenceCount) {
    throw Error(Code::bad_format,
                fmt::format("{}, sheet \"{}\", row 1, column {}: not the header of a description "
                            "table; expected the columns {}",
                            file, sheets[chosen], column_letters(columns), fmt::join(description_columns(), ", ")));
  }
  std::vector<DescriptionRow> described;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    DescriptionRow row = to_row(file, sheets[chosen], rows[i]);
    if (!is_blank(row)) described.push_back(std::move(row));
  }
  if (described.empty()) {
    throw Error(label_code,
                fmt::format("{}, sheet \"{}\": no label below the header; add at least one row", file, sheets[chosen]));
  }
  return labels_of_rows(file, described, Origin::file, label_code);
}

}  // namespace

bool is_spreadsheet(const fs::path& table) { return lower_ascii(split_place(table).file.string()).ends_with(kEnding); }

std::vector<Label> read_descriptions(const fs::path& table, std::string_view kind) {
  if (!is_spreadsheet(table)) return read_description_table(table);
  return read_sheet(split_place(table), kind, Code::bad_format);
}

LabelSet read_labels(const fs::path& file) {
  if (!is_spreadsheet(file)) return read_label_file(file);
  return {read_sheet(split_place(file), {}, Code::bad_argument)};
}

}  // namespace purlscope::core
