#include "core/formats/tables/workbook.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/formats/tables/xml.h"
#include "core/text/descriptions.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxPartBytes = std::size_t{64} << 20U;
constexpr std::size_t kMaxColumns = 16384;  // XFD, of the format

struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

std::string attribute(const std::map<std::string, std::string>& attributes, const char* name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Column of a cell's name: 1 for "B7".
std::optional<std::size_t> column_of(std::string_view name) {
  std::size_t column = 0;
  std::size_t letters = 0;
  for (; letters < name.size() && name[letters] >= 'A' && name[letters] <= 'Z'; ++letters) {
    column = column * 26 + static_cast<std::size_t>(name[letters] - 'A') + 1;
    if (column > kMaxColumns) return std::nullopt;
  }
  if (letters == 0 || !whole_number(name.substr(letters))) return std::nullopt;
  return column - 1;
}

/// Collects the rows of one sheet.
class SheetReading {
 public:
  SheetReading(std::string place, const std::vector<std::string>& shared) : place_(std::move(place)), shared_(shared) {}

  XmlEvents events() {
    return {[this](const std::string& element, const auto& attributes) { start(element, attributes); },
            [this](const std::string& element) { end(element); },
            [this](std::string_view text) {
              if (takes_text_) value_ += text;
            }};
  }
  std::vector<SheetRow> rows() { return std::move(rows_); }

 private:
  void start(const std::string& element, const std::map<std::string, std::string>& attributes) {
    if (element == "row") {
      const std::string number = attribute(attributes, "r");
      row_ = {number.empty() ? last_row_ + 1 : whole_number(number).value_or(0), {}};
      if (row_.number <= last_row_) throw error(fmt::format("row number '{}' behind {}", number, last_row_));
      last_row_ = row_.number;
      next_column_ = 0;
    } else if (element == "c") {
      const std::string name = attribute(attributes, "r");
      const auto column = name.empty() ? next_column_ : column_of(name);
      if (!column) throw error(fmt::format("row {}: cell name '{}'", row_.number, name));
      column_ = *column;
      next_column_ = column_ + 1;
      type_ = attribute(attributes, "t");
      value_.clear();
    } else if (element == "rPh") {  // how a text is pronounced
      ++pronounced_;
    }
    takes_text_ = pronounced_ == 0 && (element == "v" || element == "t");
  }

  void end(const std::string& element) {
    takes_text_ = false;
    if (element == "rPh") --pronounced_;
    if (element == "c") take_cell();
    if (element == "row" && !row_.cells.empty()) rows_.push_back(std::move(row_));
  }

  void take_cell() {
    const std::string at = fmt::format("row {}, column {}", row_.number, column_letters(column_));
    if (type_ == "e") throw error(fmt::format("{}: the formula failed with {}", at, value_));
    if (type_ == "s") {
      const auto index = whole_number(value_);
      if (!index || *index >= shared_.size()) {
        throw error(fmt::format("{}: shared text '{}', but there are {}", at, value_, shared_.size()));
      }
      value_ = shared_[*index];
    }
    if (!value_.empty()) row_.cells[column_] = std::move(value_);
    value_.clear();
  }

  Error error(const std::string& what) const {
    return {Code::bad_format, fmt::format("{}, {}; mend the cell or save the spreadsheet again", place_, what)};
  }

  std::string place_;
  const std::vector<std::string>& shared_;
  std::vector<SheetRow> rows_;
  SheetRow row_;
  std::size_t last_row_ = 0, next_column_ = 0, column_ = 0;
  std::string type_, value_;
  bool takes_text_ = false;
  int pronounced_ = 0;
};

}  // namespace

std::string column_letters(std::size_t column) {
  std::string letters;
  for (std::size_t left = column + 1; left > 0; left = (left - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
  }
  return letters;
}

void Workbook::Close::operator()(zip* archive) const { zip_discard(archive); }

Workbook::Workbook(fs::path file) : file_(std::move(file)) {
  std::error_code failure;
  const auto size = fs::file_size(file_, failure);
  if (failure) {
    throw Error(Code::not_found, fmt::format("{}: {}; check the name", file_.string(), failure.message()));
  }
  if (size > kMaxTableBytes) {
    throw Error(Code::limit, fmt::format("{}: larger than {} MB, too large for a table of descriptions; split it",
                                         file_.string(), kMaxTableBytes >> 20U));
  }
  int code = 0;
  archive_.reset(zip_open(file_.c_str(), ZIP_RDONLY, &code));
  if (!archive_) {
    throw Error(Code::bad_format, fmt::format("{}: no spreadsheet: it is not a zip archive; save it as .xlsx, or "
                                              "export the sheet as text separated by tabs",
                                              file_.string()));
  }
  read_contents();
  if (has("xl/sharedStrings.xml")) read_shared_texts();
}

bool Workbook::has(const std::string& name) const { return zip_name_locate(archive_.get(), name.c_str(), 0) >= 0; }

std::string Workbook::member(const std::string& name) const {
  const std::unique_ptr<zip_file_t, CloseMember> opened(zip_fopen(archive_.get(), name.c_str(), 0));
  if (!opened) {
    throw Error(Code::bad_format,
                fmt::format("{}: no spreadsheet: it has no readable part {}; save it as .xlsx", file_.string(), name));
  }
  std::string bytes;
  std::string chunk(std::size_t{1} << 16U, '\0');
  while (true) {
    const zip_int64_t got = zip_fread(opened.get(), chunk.data(), chunk.size());
    if (got < 0) {
      throw Error(Code::bad_format,
                  fmt::format("{}: part {} is damaged; save the spreadsheet again", file_.string(), name));
    }
    if (got == 0) return bytes;
    bytes.append(chunk, 0, static_cast<std::size_t>(got));
    if (bytes.size() <= kMaxPartBytes) continue;
    throw Error(Code::limit, fmt::format("{}: part {} unpacks to more than {} MB; split the spreadsheet",
                                         file_.string(), name, kMaxPartBytes >> 20U));
  }
}

void Workbook::read_contents() {
  std::map<std::string, std::string> target;  // of each relation
  const auto nothing = [](const auto&...) {};
  read_xml(file_.string() + ": xl/_rels/workbook.xml.rels", member("xl/_rels/workbook.xml.rels"),
           {[&](const std::string& element, const auto& attributes) {
              if (element == "Relationship") target[attribute(attributes, "Id")] = attribute(attributes, "Target");
            },
            nothing, nothing});
  read_xml(file_.string() + ": xl/workbook.xml", member("xl/workbook.xml"),
           {[&](const std::string& element, const auto& attributes) {
              if (element != "sheet") return;
              const std::string part = target[attribute(attributes, "id")];
              sheets_.push_back({attribute(attributes, "name"), part.starts_with('/') ? part.substr(1) : "xl/" + part});
            },
            nothing, nothing});
}

void Workbook::read_shared_texts() {
  bool takes_text = false;
  int pronounced = 0;
  read_xml(file_.string() + ": xl/sharedStrings.xml", member("xl/sharedStrings.xml"),
           {[&](const std::string& element, const auto&) {
              if (element == "si") shared_.emplace_back();
              if (element == "rPh") ++pronounced;
              takes_text = element == "t" && pronounced == 0 && !shared_.empty();
            },
            [&](const std::string& element) {
              takes_text = false;
              if (element == "rPh") --pronounced;
            },
            [&](std::string_view text) {
              if (takes_text) shared_.back() += text;
            }});
}

std::vector<std::string> Workbook::sheets() const {
  std::vector<std::string> names;
  for (const Sheet& sheet : sheets_) names.push_back(sheet.name);
  return names;
}

std::vector<SheetRow> Workbook::read(std::size_t sheet) const {
  const Sheet& wanted = sheets_.at(sheet);
  const std::string place = fmt::format("{}, sheet \"{}\"", file_.string(), wanted.name);
  SheetReading reading(place, shared_);
  read_xml(place, member(wanted.part), reading.events());
  return reading.rows();
}

}  // namespace purlscope::core
