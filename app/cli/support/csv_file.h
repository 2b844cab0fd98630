#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace purlscope::app::cli {

/// A table of separated cells (RFC 4180), written row by row.
class CsvFile {
 public:
  /// @throws Error{Code::io}
  explicit CsvFile(const std::filesystem::path& file);
  ~CsvFile();
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;

  /// What could not be written is told by `close`.
  void row(const std::vector<std::string>& cells);
  /// Flushes to the disk. @throws Error{Code::io}
  void close();

 private:
  std::filesystem::path path_;
  std::FILE* out_ = nullptr;
};

}  // namespace purlscope::app::cli
