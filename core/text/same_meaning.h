#pragma once

#include <string>
#include <utility>
#include <vector>

namespace purlscope::core {

/// A class of a data set: kind of the set ("utd-mhad") and the class's name in its class list.
using DatasetClass = std::pair<std::string, std::string>;

/// Pairs of classes of different data sets that mean the same (`resources/datasets/same_meaning.json`); each holds in
/// both directions. Thread: any. @throws Error{Code::not_found, Code::bad_format}
std::vector<std::pair<DatasetClass, DatasetClass>> same_meaning_pairs();

}  // namespace purlscope::core
