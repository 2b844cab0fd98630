#include "core/engine/forbidden.h"

#include "core/text/label_key.h"

namespace purlscope::core {

std::set<DatasetClass> same_meaning_as(const ClipSet& set, const std::vector<int>& classes) {
  std::set<DatasetClass> direct;
  for (const int index : classes) direct.emplace(set.kind, set.classes.at(static_cast<std::size_t>(index)));
  std::set<DatasetClass> all = direct;
  for (const auto& [a, b] : same_meaning_pairs()) {
    if (direct.contains(a)) all.insert(b);
    if (direct.contains(b)) all.insert(a);
  }
  return all;
}

std::vector<std::pair<std::size_t, int>> find_classes(const std::vector<ClipSet>& sets,
                                                      const std::set<DatasetClass>& names) {
  std::set<std::string> keys;
  for (const auto& [kind, name] : names) keys.insert(label_key(name));
  std::vector<std::pair<std::size_t, int>> found;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    for (std::size_t c = 0; c < sets[i].classes.size(); ++c) {
      const std::string& name = sets[i].classes[c];
      if (names.contains({sets[i].kind, name}) || keys.contains(label_key(name))) {
        found.emplace_back(i, static_cast<int>(c));
      }
    }
  }
  return found;
}

}  // namespace purlscope::core
