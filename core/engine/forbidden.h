#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/lab.h"
#include "core/text/same_meaning.h"

namespace purlscope::core {

/// Classes of a data set and all classes, of any set, that mean the same as one of them. @param classes indices
std::set<DatasetClass> same_meaning_as(const ClipSet& set, const std::vector<int>& classes);

/// Where these classes stand in further sets: by name within a set's own kind, and by the words of the name in any: a
/// folder of somebody's recordings may hold the action too. @return (index in sets, class)
std::vector<std::pair<std::size_t, int>> find_classes(const std::vector<ClipSet>& sets,
                                                      const std::set<DatasetClass>& names);

}  // namespace purlscope::core
