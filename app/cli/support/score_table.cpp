#include "app/cli/support/score_table.h"

#include <fmt/format.h>

#include <algorithm>

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

ScoreCsv::ScoreCsv(const fs::path& file, const core::LabelSet& labels) : out_(file) {
  std::vector<std::string> header = {"file", "error", "best", "none_of_these"};
  for (const core::Label& label : labels.labels) header.push_back("score: " + label.text);
  for (const core::Label& label : labels.labels) header.push_back("probability: " + label.text);
  columns_ = header.size();
  out_.row(header);
}

void ScoreCsv::add(const fs::path& file, const core::Recognition& recognition) {
  const auto ranking = recognition.ranking();
  std::vector<std::string> cells = {file.string(), "", ranking.empty() ? "" : recognition.labels[ranking[0]].label,
                                    core::csv_number(recognition.none_of_these)};
  for (const core::LabelScore& score : recognition.labels) cells.push_back(core::csv_number(score.score));
  for (const core::LabelScore& score : recognition.labels) cells.push_back(core::csv_number(score.probability));
  out_.row(cells);
}

void ScoreCsv::add_failure(const fs::path& file, const std::string& message) {
  std::vector<std::string> cells(columns_);
  cells[0] = file.string();
  cells[1] = message;
  out_.row(cells);
}

void ScoreCsv::close() { out_.close(); }

}  // namespace purlscope::app::cli
