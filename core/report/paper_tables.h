#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace purlscope::core {

/// A zero-shot problem of the paper: one split of one data set.
struct PaperColumn {
  std::string dataset;  ///< kind of the data set, or the edition of it: "ntu60", "utd-mhad"
  std::string split;    ///< published name: "ru5"
  std::string title;    ///< seen and unseen classes: "55/5"
  std::string dataset_title;
  std::string how_to_get;  ///< where to get the data set and how to name it, one sentence
};

/// A system of the paper, and what it is here.
struct PaperRow {
  std::string name;
  std::string method;                       ///< of `purlscope evaluate`
  std::string backbone;                     ///< empty = the method's own
  std::string protocol = "leak-free";       ///< or "published"
  std::string note;                         ///< shown beneath the table, may be empty
  nlohmann::json config;                    ///< settings of the method, may be null
  std::map<std::string, double> published;  ///< accuracy in %, by column_key()
};

struct PaperTable {
  int number = 0;
  std::string title;
  std::vector<PaperColumn> columns;
  std::vector<PaperRow> rows;
};

/// Tables of a paper with the figures it gives.
struct PaperTables {
  std::string source;
  std::vector<PaperTable> tables;
};

/// "ntu60/ru5"
std::string column_key(const PaperColumn& column);

/// The bundled tables 3 to 6 of PURLS. @throws Error{Code::not_found, Code::bad_format}
PaperTables bundled_paper_tables();

/// What was measured for a cell, in %.
struct Measured {
  double mean = 0, deviation = 0;
  int seeds = 0;
};

/// Measured figures of a table: [row][column], none where nothing was run.
using MeasuredCells = std::vector<std::vector<std::optional<Measured>>>;

/// A filled table as Markdown: "ours (paper's)" in every cell, "-" for what is unknown; beneath it which data sets were
/// not at hand and what to do about it. Columns without any figure are left out.
std::string to_markdown(const PaperTable& table, const MeasuredCells& cells);

/// The same as a part of an HTML page.
std::string to_html(const PaperTable& table, const MeasuredCells& cells);

/// A whole page around parts made by to_html(), without scripts or outside files.
std::string html_page(const std::string& title, const std::string& body);

}  // namespace purlscope::core
