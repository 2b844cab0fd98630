#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/report/paper_tables.h"

namespace purlscope::core {

/// What was measured for a cell, in %.
struct Measured {
  double mean = 0, deviation = 0;
  int seeds = 0;
};

/// Measured figures of a table: [row][column], none where nothing was run.
using MeasuredCells = std::vector<std::vector<std::optional<Measured>>>;

struct FilledTable {
  PaperTable table;
  MeasuredCells cells;
};

/// A heading with a list beneath it.
struct PageNote {
  std::string title;
  std::vector<std::string> lines;  ///< without any the note is left out
};

/// Everything a reader of tables gets to see.
struct TablePage {
  std::string title;
  std::string source;  ///< of the published figures
  std::string state;   ///< what is still missing, empty when all is there
  std::vector<FilledTable> tables;
  std::vector<PageNote> notes;
};

/// As Markdown: "ours (paper's)" in every cell, "-" for what is unknown. Splits that the paper's table lacks stand in a
/// table of their own beneath, as far as they were measured. Where a system was measured both by the published
/// protocol and leak-free with the same settings, a line tells the difference.
std::string to_markdown(const TablePage& page);

/// The same as a page without scripts or outside files, in the reader's light or dark colours.
std::string to_html(const TablePage& page);

}  // namespace purlscope::core
