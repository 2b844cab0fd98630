#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace purlscope::core {

/// A published zero-shot split of a data set.
struct PaperSplit {
  std::string name;   ///< "ru5"
  std::string title;  ///< seen and unseen classes: "55/5"
};

/// A data set as tables know it.
struct PaperDataset {
  std::string name;         ///< "ntu60", "kinetics200", "utd-mhad"
  std::string kind;         ///< of core::Dataset: "ntu-rgbd"
  std::size_t classes = 0;  ///< the first so many of the kind
  std::string title;
  std::string how_to_get;  ///< where to get it, where to put it and how to name it: one clause
  std::vector<PaperSplit> splits;
};

/// A zero-shot problem: one split of one data set.
struct PaperColumn {
  std::string dataset;    ///< PaperDataset::name
  std::string split;      ///< PaperSplit::name
  std::string title;      ///< "NTU RGB+D 60 55/5"
  bool in_paper = false;  ///< the paper's table has figures for it
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
  std::vector<PaperColumn> columns;  ///< every split of every data set, those of the paper first
  std::vector<PaperRow> rows;
};

/// Tables of a paper with the figures it gives.
struct PaperTables {
  std::string source;
  std::vector<PaperDataset> datasets;
  std::vector<PaperTable> tables;
};

/// "ntu60/ru5"
std::string column_key(const PaperColumn& column);

/// The bundled tables 3 to 6 of PURLS. @throws Error{Code::not_found, Code::bad_format}
PaperTables bundled_paper_tables();

}  // namespace purlscope::core
