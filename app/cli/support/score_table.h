#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/support/csv_file.h"
#include "core/engine/recognition.h"

namespace purlscope::app::cli {

/// The scores of one file for people: rank, label, probability in per cent, score. Written to stdout.
/// @param top  most labels listed, 0 = all
void print_scores(const std::filesystem::path& file, const core::Recognition& recognition, std::size_t top);

/// Scores of many files as CSV: one row a file, in order; a failed file has its message in `error` and empty scores.
/// Columns: file, error, best, none_of_these, then `score: L` and `probability: L` of each label in the user's order.
class ScoreCsv {
 public:
  /// @throws Error{Code::io}
  ScoreCsv(const std::filesystem::path& file, const core::LabelSet& labels);

  /// One row; what could not be written is told by `close`.
  void add(const std::filesystem::path& file, const core::Recognition& recognition);
  void add_failure(const std::filesystem::path& file, const std::string& message);
  /// Flushes to the disk. @throws Error{Code::io}
  void close();

 private:
  CsvFile out_;
  std::size_t columns_ = 0;
};

}  // namespace purlscope::app::cli
