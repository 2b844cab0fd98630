#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/formats/dataset.h"

namespace purlscope::core {

/// A published division of recordings into training and test by who or what recorded them (cross-subject, cross-view,
/// cross-setup), from `resources/splits/recordings/<edition or kind>.json`.
struct RecordingSplit {
  std::string name;                      ///< "xsub", "xview", "xset"
  std::string source;                    ///< publication
  std::string by;                        ///< "subject", "camera", "setup", "repetition"
  std::vector<std::string> train, test;  ///< values, as the entries have them
};

/// Splits of the data set, by name; none for a kind without published ones.
/// @throws Error{Code::bad_format} when the data file is damaged
std::vector<RecordingSplit> recording_splits(const Dataset& dataset);

/// One of them by name. @throws Error{Code::bad_argument} naming those that the data set has
RecordingSplit recording_split(const Dataset& dataset, const std::string& name);

/// Entries by side. What stands on neither side of a split is in none.
struct SplitSides {
  std::vector<std::size_t> train, test;  ///< indices of entries, ascending
};
SplitSides divide(const Dataset& dataset, const RecordingSplit& split);

}  // namespace purlscope::core
