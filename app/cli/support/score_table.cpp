#include "app/cli/support/score_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/report/csv_text.h"

namespace purlscope::app::cli {
namespace fs = std::filesystem;

void print_scores(const fs::path& file, const core::Recognition& recognition, std::size_t top) {
  const core::Window& window = recognition.window;
  fmt::print("{}  ({} frames, {:g} Hz, {}, {:.0f} ms)\n", file.string(), window.frames, window.fps, recognition.model,
             recognition.timings.total);
  std::size_t width = 13;
  for (const core::LabelScore& score : recognition.labels) width = std::max(width, score.label.size());
  std::size_t rank = 0;
  for (const std::size_t index : recognition.ranking()) {
    if (top != 0 && rank == top) break;
    const core::LabelScore& score = recognition.labels[index];
    fmt::print("{:4}  {:<{}}  {:5.1f} %  {:8.3f}\n", ++rank, score.label, width, 100 * score.probability, score.score);
  }
  fmt::print("      {:<{}}  {:5.1f} %\n", "none of these", width, 100 * recognition.none_of_these);
}

ScoreCsv::ScoreCsv(const fs::path& file, const core::LabelSet& labels) : path_(file) {
  out_ = std::fopen(file.c_str(), "w");
  if (out_ == nullptr) {
    throw Error(Code::io, fmt::format("{}: cannot be written: {}", file.string(), std::strerror(errno)));
  }
  std::vector<std::string> header = {"file", "error", "best", "none_of_these"};
  for (const core::Label& label : labels.labels) header.push_back("score: " + label.text);
  for (const core::Label& label : labels.labels) header.push_back("probability: " + label.text);
  columns_ = header.size();
  row(header);
}

ScoreCsv::~ScoreCsv() {
  if (out_ != nullptr) std::fclose(out_);
}

void ScoreCsv::add(const fs::path& file, const core::Recognition& recognition) {
  const auto ranking = recognition.ranking();
  std::vector<std::string> cells = {file.string(), "", ranking.empty() ? "" : recognition.labels[ranking[0]].label,
                                    core::csv_number(recognition.none_of_these)};
  for (const core::LabelScore& score : recognition.labels) cells.push_back(core::csv_number(score.score));
  for (const core::LabelScore& score : recognition.labels) cells.push_back(core::csv_number(score.probability));
  row(cells);
}

void ScoreCsv::add_failure(const fs::path& file, const std::string& message) {
  std::vector<std::string> cells(columns_);
  cells[0] = file.string();
  cells[1] = message;
  row(cells);
}

void ScoreCsv::close() {
  const bool failed = std::ferror(out_) != 0;
  if (std::fclose(std::exchange(out_, nullptr)) != 0 || failed) {
    throw Error(Code::io, fmt::format("{}: could not be written to the end: is the disk full?", path_.string()));
  }
}

void ScoreCsv::row(const std::vector<std::string>& cells) { std::fputs(core::csv_row(cells).c_str(), out_); }

}  // namespace purlscope::app::cli
