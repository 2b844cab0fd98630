#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/text/labels.h"

namespace purlscope::core {

/// One row of a description table, whatever file it stands in.
struct DescriptionRow {
  std::string place;  ///< within the file, for messages: "line 3"
  std::string label;
  std::array<std::string, kSentenceCount> sentences;  ///< trimmed
};

/// Rows to labels: cleans each label, refuses empty sentences and labels that stand twice.
/// @param label_code  whose fault a bad label is: Code::bad_argument for what a user listed, else Code::bad_format
/// @throws Error{Code::bad_format, label_code} with file, place and column
std::vector<Label> labels_of_rows(const std::string& file, const std::vector<DescriptionRow>& rows, Origin origin,
                                  Code label_code);

/// The column names of a description table: label and the eight sentences.
std::vector<std::string> description_columns();

}  // namespace purlscope::core
