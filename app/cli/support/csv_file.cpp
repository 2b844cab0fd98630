#include "app/cli/support/csv_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/error.h"

namespace purlscope::app::cli {
namespace {

/// Cells with separators, quotes or line ends stand in quotes, quotes are doubled.
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

CsvFile::CsvFile(const std::filesystem::path& file) : path_(file) {
  out_ = std::fopen(file.c_str(), "w");
  if (out_ == nullptr) {
    throw Error(Code::io, fmt::format("{}: cannot be written: {}", file.string(), std::strerror(errno)));
  }
}

CsvFile::~CsvFile() {
  if (out_ != nullptr) std::fclose(out_);
}

void CsvFile::close() {
  const bool failed = std::ferror(out_) != 0;
  if (std::fclose(std::exchange(out_, nullptr)) != 0 || failed) {
    throw Error(Code::io, fmt::format("{}: could not be written to the end: is the disk full?", path_.string()));
  }
}

void CsvFile::row(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& text : cells) line.append(quoted(text)).push_back(',');
  line.back() = '\n';
  std::fputs(line.c_str(), out_);
}

}  // namespace purlscope::app::cli
