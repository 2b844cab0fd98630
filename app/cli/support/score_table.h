#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

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
  ~ScoreCsv();
  ScoreCsv(const ScoreCsv&) = delete;
  ScoreCsv& operator=(const ScoreCsv&) = delete;

  /// One row; what could not be written is told by `close`.
  void add(const std::filesystem::path& file, const core::Recognition& recognition);
  void add_failure(const std::filesystem::path& file, const std::string& message);
  /// Flushes to the disk. @throws Error{Code::io}
  void close();

 private:
  void row(const std::vector<std::string>& cells);

  std::filesystem::path path_;
  std::FILE* out_ = nullptr;
  std::size_t columns_ = 0;
};

}  // namespace purlscope::app::cli
