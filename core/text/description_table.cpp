#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/description_rows.h"
#include "core/text/descriptions.h"
#include "core/text/label_key.h"

namespace purlscope::core {
namespace {

namespace fs = std::filesystem;

/// A text file in lines, with the place of each for messages.
class Lines {
 public:
  explicit Lines(const fs::path& file) : file_(file.string()) {
    std::error_code ignored;  // a place that cannot be looked at cannot be opened either
    if (fs::is_directory(file, ignored))
      throw Error(Code::bad_format, file_ + ": is a folder, expected a text file of labels");
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(Code::not_found, file_ + ": cannot be opened; check the name and the permissions");
    split(read(in));
  }

  std::size_t size() const { return lines_.size(); }
  const std::string& operator[](std::size_t i) const { return lines_[i]; }
  const std::string& file() const { return file_; }

  Error error(Code code, std::size_t index, const std::string& what) const {
    return {code, fmt::format("{}, line {}: {}", file_, index + 1, what)};
  }

 private:
  /// In blocks, because a pipe has no size.
  std::string read(std::ifstream& in) const {
    std::string text;
    std::array<char, 1U << 14U> block{};
    while (in.read(block.data(), block.size()) || in.gcount() > 0) {
      text.append(block.data(), static_cast<std::size_t>(in.gcount()));
      if (text.size() <= kMaxTableBytes) continue;
      throw Error(Code::limit, fmt::format("{}: larger than {} MB, too large for a list of labels; split it", file_,
                                           kMaxTableBytes >> 20U));
    }
    return text;
  }

  void split(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      lines_.emplace_back(line);
      check_utf8(line);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  void check_utf8(std::string_view line) const {
    const auto byte = first_invalid_byte(line);
    if (!byte) return;
    throw error(Code::bad_format, lines_.size() - 1,
                fmt::format("byte {} is 0x{:02x}, which is not UTF-8; save the file as UTF-8 text", *byte + 1,
                            static_cast<unsigned char>(line[*byte])));
  }

  std::string file_;
  std::vector<std::string> lines_;
};

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

std::vector<std::string> split_cells(std::string_view line) {
  std::vector<std::string> cells;
  while (true) {
    const std::size_t tab = line.find('\t');
    std::string_view cell = line.substr(0, tab);
    const std::size_t first = cell.find_first_not_of(' ');
    cell = first == std::string_view::npos ? "" : cell.substr(first, cell.find_last_not_of(' ') - first + 1);
    cells.emplace_back(cell);
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

/// Refuses a label that stands on two lines of a list.
class UniqueLabels {
 public:
  explicit UniqueLabels(const Lines& lines) : lines_(lines) {}

  std::string clean(const std::string& text, std::size_t index) {
    std::string label;
    try {
      label = clean_label(text);
    } catch (const Error& error) {
      throw lines_.error(error.code(), index, error.what());
    }
    const auto [first, added] = seen_.emplace(folded_text(label), index);
    if (!added) {
      throw lines_.error(
          Code::bad_argument, index,
          fmt::format("duplicate label \"{}\", first on line {}; remove one of them", label, first->second + 1));
    }
    return label;
  }

 private:
  const Lines& lines_;
  std::map<std::string, std::size_t> seen_;
};

bool is_table(const Lines& lines) { return lines.size() > 0 && lines[0].starts_with("label\t"); }

DescriptionRow parse_row(const Lines& lines, std::size_t index, const std::vector<std::string>& columns) {
  std::vector<std::string> cells = split_cells(lines[index]);
  if (cells.size() != columns.size()) {
    throw lines.error(Code::bad_format, index,
                      fmt::format("{} columns separated by tabs, expected {} ({})", cells.size(), columns.size(),
                                  fmt::join(columns, ", ")));
  }
  DescriptionRow row{fmt::format("line {}", index + 1), cells[0], {}};
  std::move(cells.begin() + 1, cells.end(), row.sentences.begin());
  return row;
}

std::vector<Label> parse_table(const Lines& lines, Origin origin, Code label_code) {
  const std::vector<std::string> columns = description_columns();
  const std::vector<std::string> header = lines.size() > 0 ? split_cells(lines[0]) : std::vector<std::string>();
  if (header != columns) {
    throw Error(Code::bad_format,
                fmt::format("{}, line 1: not the header of a description table; expected the tab-separated columns {}",
                            lines.file(), fmt::join(columns, ", ")));
  }
  std::vector<DescriptionRow> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (!is_blank(lines[i])) rows.push_back(parse_row(lines, i, columns));
  }
  std::vector<Label> labels = labels_of_rows(lines.file(), rows, origin, label_code);
  if (labels.empty()) throw Error(label_code, lines.file() + ": no label below the header; add at least one row");
  return labels;
}

std::vector<Label> parse_list(const Lines& lines) {
  std::size_t count = lines.size();
  while (count > 0 && is_blank(lines[count - 1])) --count;
  if (count == 0) throw Error(Code::bad_argument, lines.file() + ": no labels; write one a line");
  UniqueLabels unique(lines);
  std::vector<Label> labels;
  for (std::size_t i = 0; i < count; ++i) labels.push_back(describe_label(unique.clean(lines[i], i)));
  return labels;
}

}  // namespace

std::vector<Label> read_description_table(const fs::path& file, Origin origin) {
  return parse_table(Lines(file), origin, Code::bad_format);
}

LabelSet read_label_file(const fs::path& file) {
  const Lines lines(file);
  return {is_table(lines) ? parse_table(lines, Origin::file, Code::bad_argument) : parse_list(lines)};
}

}  // namespace purlscope::core
