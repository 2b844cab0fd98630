#include "core/report/csv_text.h"

#include <fmt/format.h>

#include <cmath>

namespace purlscope::core {
namespace {

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string text = "\"";
  for (const char c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

}  // namespace

std::string csv_row(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) line.append(quoted(cell)).push_back(',');
  if (line.empty()) return "\n";
  line.back() = '\n';
  return line;
}

std::string csv_number(float value) { return std::isfinite(value) ? fmt::format("{}", value) : std::string(); }
std::string csv_number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : std::string(); }

}  // namespace purlscope::core
