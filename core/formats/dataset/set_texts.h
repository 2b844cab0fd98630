#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/formats/dataset.h"

namespace purlscope::core {

/// The labels of a data set with their eight sentences, in class order.
struct SetTexts {
  std::vector<Label> labels;
  std::string source;                        ///< "bank", or the table
  std::vector<std::string> further_sources;  ///< tables of the further wordings, in order
};

/// Texts for a data set: the first of `tables` that serves it, else the first `.tsv` in a folder `texts` beside the
/// data set's parent folders, else the bundled bank and templates. A table serves when its labels are the class names
/// (letter case aside), or when its file name contains an alias of the kind, or it is a sheet of a spreadsheet
/// (read_descriptions), and it has a row for every class; then its rows are in class order and its labels name the
/// classes. With Wordings::all every one of `tables` that serves gives a wording, under the names of the first.
/// @throws Error{Code::not_found, Code::bad_format} when a table of `tables` cannot be read
SetTexts texts_for(const Dataset& dataset, const std::vector<std::filesystem::path>& tables,
                   Wordings wordings = Wordings::first);

/// Refuses sets none of which has a second wording, where several are asked for: that would be without effect.
/// @throws Error{Code::bad_argument}
void expect_further_wordings(const std::vector<const ClipSet*>& sets);

}  // namespace purlscope::core
