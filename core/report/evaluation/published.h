#pragma once

#include <string>
#include <vector>

#include "core/report/evaluation/evaluation.h"
#include "core/report/paper_tables.h"

namespace purlscope::core {

/// What a paper gives for a system on the same classes of the same data set.
struct PublishedFigure {
  int table = 0;
  std::string system;
  double accuracy = 0;       ///< fraction
  bool same_method = false;  ///< as the one that was evaluated
};

/// Published figures beside an evaluation.
struct PublishedFigures {
  std::string title;                     ///< of data set and split: "UTD-MHAD 22/5"
  std::string source;                    ///< of the figures
  std::vector<PublishedFigure> figures;  ///< empty when none is known
};

/// Figures of the first table that has some for the data set and the split, and of the later tables those of the same
/// method and backbone. None for a recording split, which tests on other clips.
PublishedFigures published_figures(const PaperTables& tables, const Evaluation& evaluation);

}  // namespace purlscope::core
