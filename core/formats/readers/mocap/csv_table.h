#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace purlscope::core {

/// Separator of a table's cells: the tab, semicolon or comma that stands in its header, the first of these three.
char csv_separator(std::string_view header);

/// Cells of one line, without blanks and quotes around them (RFC 4180, but no line breaks within a cell).
class CsvCells {
 public:
  CsvCells(std::string_view line, char separator) : rest_(line), separator_(separator) {}
  /// Empty after the last cell. Doubled quotes within a quoted cell stay doubled.
  std::optional<std::string_view> next();

 private:
  std::string_view rest_;
  char separator_;
  bool done_ = false;
};

/// What a column of a table of positions holds.
struct CsvColumn {
  enum class Kind { time, x, y, z, state, other };
  Kind kind = Kind::other;
  std::string person;  ///< before the first colon, empty when `persons` was false
  std::string joint;
  double seconds = 1.0;  ///< of one unit of a time column; 0 for one that counts frames
};

/// Reads a heading: "time", "frame", "1:head.x", "Hips_X", "Hips Y", "Hips_position_z", "1:head.state".
/// @param persons  true when names state a person before a colon
CsvColumn csv_column(std::string_view heading, bool persons);

}  // namespace purlscope::core
