#include "app/cli/support/csv_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/report/csv_text.h"

namespace purlscope::app::cli {
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

void CsvFile::row(const std::vector<std::string>& cells) { std::fputs(core::csv_row(cells).c_str(), out_); }

}  // namespace purlscope::app::cli
