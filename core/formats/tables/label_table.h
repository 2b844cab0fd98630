#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/descriptions.h"

namespace purlscope::core {

/// Labels and sentences from a table of either form: text separated by tabs (read_description_table), or a spreadsheet
/// with the header row label (or "action labels"), head, hands, torso, legs, start, middle, end, global (or "global
/// desc"), letter case aside. Of several sheets the one behind `#` is read (`FILE.xlsx#SHEET`), else the one that is
/// named after the data set's kind.
/// @param kind  of the data set that the texts are for; empty when there is none
/// @throws Error{Code::not_found, Code::bad_format, Code::limit} with file, sheet, row and column;
///         Error{Code::bad_argument} naming the sheets when none is chosen
std::vector<Label> read_descriptions(const std::filesystem::path& table, std::string_view kind = {});

/// read_label_file(), or the labels of a spreadsheet as read_descriptions().
LabelSet read_labels(const std::filesystem::path& file);

/// True for a place that read_descriptions() takes for a spreadsheet.
bool is_spreadsheet(const std::filesystem::path& table);

}  // namespace purlscope::core
