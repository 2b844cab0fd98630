#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/refinement/evidence.h"

namespace purlscope::models::refinement {

/// A window that the bank remembers.
struct Entry {
  at::Tensor features;        ///< [1, F], from which new labels are scored; may be none
  Evidence evidence;          ///< B = 1, on the labels of now
  std::string slot;           ///< what it was taken for
  float confidence = 0;       ///< probability of that when it came
  std::string clip;           ///< name of the recording
  double begin = 0, end = 0;  ///< seconds of it
  std::uint64_t number = 0;   ///< of the window in the stream
};
using EntryPtr = std::shared_ptr<const Entry>;

/// Memory of a stream, balanced between what its windows are taken for: at most so many each; of a full slot the least
/// confident leaves for a newcomer that is surer. Copies share their entries.
class Bank {
 public:
  explicit Bank(std::int64_t per_slot) : per_slot_(static_cast<std::size_t>(per_slot)) {}

  /// @return whether the entry was kept
  bool offer(EntryPtr entry);
  /// Slots by name, entries in order of arrival.
  const std::map<std::string, std::vector<EntryPtr>>& slots() const { return slots_; }
  std::vector<EntryPtr> entries() const;
  std::size_t size() const;
  /// Evidence of all entries(), row by row. Needs at least one.
  Evidence evidence() const;
  /// Replaces every entry by what `change` makes of it, and drops those that it makes nothing of.
  template <typename Change>
  void transform(Change change);

 private:
  std::size_t per_slot_;
  std::map<std::string, std::vector<EntryPtr>> slots_;
};

template <typename Change>
void Bank::transform(Change change) {
  std::map<std::string, std::vector<EntryPtr>> changed;
  for (const auto& [slot, entries] : slots_) {
    for (const EntryPtr& entry : entries) {
      if (EntryPtr made = change(entry)) changed[made->slot].push_back(std::move(made));
    }
  }
  slots_ = std::move(changed);
}

}  // namespace purlscope::models::refinement
