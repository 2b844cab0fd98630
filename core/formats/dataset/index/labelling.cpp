#include "core/formats/dataset/index/labelling.h"

#include <set>
#include <unordered_map>

namespace purlscope::core {

void take_labels_from_facts(Dataset& dataset) {
  if (dataset.kind == "folder") {
    std::set<std::string> labels;
    for (const DatasetEntry& entry : dataset.entries) {
      if (entry.facts && !entry.facts->label.empty()) labels.insert(entry.facts->label);
    }
    dataset.classes.assign(labels.begin(), labels.end());
    for (DatasetEntry& entry : dataset.entries) entry.label_index = -1;
  }
  std::unordered_map<std::string, int> index_of;
  for (std::size_t i = 0; i < dataset.classes.size(); ++i) index_of.emplace(dataset.classes[i], static_cast<int>(i));
  for (DatasetEntry& entry : dataset.entries) {
    if (entry.label_index >= 0 || !entry.facts) continue;
    const auto found = index_of.find(entry.facts->label);
    if (found != index_of.end()) entry.label_index = found->second;
  }
}

}  // namespace purlscope::core
