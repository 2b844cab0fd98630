#pragma once

#include <string>
#include <utility>
#include <vector>

namespace purlscope::models::structured {

/// A class of a data set: kind and class name.
using DatasetClass = std::pair<std::string, std::string>;

/// Pairs of classes of different data sets that mean the same (`resources/datasets/same_meaning.json`); each holds in
/// both directions. @throws Error{Code::not_found, Code::bad_format}
std::vector<std::pair<DatasetClass, DatasetClass>> read_same_meaning();

}  // namespace purlscope::models::structured
