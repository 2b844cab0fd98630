#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct zip;

namespace purlscope::core {

/// A row of a sheet that has text: its number as spreadsheets count, and its cells by column, 0 = A.
struct SheetRow {
  std::size_t number = 0;
  std::map<std::size_t, std::string> cells;
};

/// "A" for 0, "AA" for 26.
std::string column_letters(std::size_t column);

/// The texts of a spreadsheet (.xlsx: Office Open XML, ECMA-376 part 1, section 18). Formulas give the value that was
/// stored with them; formats, dates and charts are passed over. Thread: one at a time.
class Workbook {
 public:
  /// @throws Error{Code::not_found, Code::bad_format} naming the file, Error{Code::limit} over kMaxTableBytes
  explicit Workbook(std::filesystem::path file);

  /// In the order of the tabs.
  std::vector<std::string> sheets() const;

  /// @param sheet  index in sheets()
  /// @throws Error{Code::bad_format} with file, sheet, row and column; Error{Code::limit} for a sheet that unpacks to
  ///         more than 64 MB
  std::vector<SheetRow> read(std::size_t sheet) const;

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  struct Sheet {
    std::string name, part;  ///< part of the archive: "xl/worksheets/sheet1.xml"
  };

  std::string member(const std::string& name) const;
  bool has(const std::string& name) const;
  void read_contents();
  void read_shared_texts();

  std::filesystem::path file_;
  std::unique_ptr<zip, Close> archive_;
  std::vector<Sheet> sheets_;
  std::vector<std::string> shared_;  ///< texts that cells name by number
};

}  // namespace purlscope::core
