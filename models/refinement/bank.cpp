#include "models/refinement/bank.h"

#include <algorithm>
#include <utility>

namespace purlscope::models::refinement {

bool Bank::offer(EntryPtr entry) {
  std::vector<EntryPtr>& kept = slots_[entry->slot];
  if (kept.size() >= per_slot_) {
    const auto least = std::min_element(
        kept.begin(), kept.end(), [](const EntryPtr& a, const EntryPtr& b) { return a->confidence < b->confidence; });
    if ((*least)->confidence >= entry->confidence) return false;
    kept.erase(least);
  }
  kept.push_back(std::move(entry));
  return true;
}

std::vector<EntryPtr> Bank::entries() const {
  std::vector<EntryPtr> out;
  for (const auto& [slot, entries] : slots_) out.insert(out.end(), entries.begin(), entries.end());
  return out;
}

std::size_t Bank::size() const {
  std::size_t count = 0;
  for (const auto& [slot, entries] : slots_) count += entries.size();
  return count;
}

Evidence Bank::evidence() const {
  std::vector<Evidence> parts;
  for (const EntryPtr& entry : entries()) parts.push_back(entry->evidence);
  return join(parts);
}

}  // namespace purlscope::models::refinement
