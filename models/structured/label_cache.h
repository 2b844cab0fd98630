#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/text/labels.h"
#include "models/structured/fit/calibration.h"

namespace purlscope::models::structured {

using CandidatePtr = std::shared_ptr<const Candidate>;

/// Fitted labels by name and sentences in all wordings. A fit takes about 1 MB; the ones in use are kept by their
/// users, and stay here as long; of the others the cache holds the most recent.
class LabelCache {
 public:
  static constexpr std::size_t kKept = 128;

  /// The labels that have no fit yet, each once, in order: for these get() will call `make`, in this order.
  std::vector<core::Label> missing(std::span<const core::Label> labels) const {
    std::vector<core::Label> out;
    std::unordered_set<std::string> seen;
    for (const core::Label& label : labels) {
      std::string key = key_of(label);
      if (!entries_.contains(key) && seen.insert(std::move(key)).second) out.push_back(label);
    }
    return out;
  }

  /// The label's fit; `make` is called for a label (or an edited sentence) not seen before.
  template <typename Make>
  CandidatePtr get(const core::Label& label, Make make) {
    std::string key = key_of(label);
    auto found = entries_.find(key);
    if (found == entries_.end()) {
      found = entries_.emplace(std::move(key), Entry{std::make_shared<const Candidate>(make()), 0}).first;
    }
    found->second.used = ++clock_;
    return found->second.candidate;
  }

  /// Drops the least recently used beyond kKept of those that nobody else holds.
  void trim() {
    std::vector<std::pair<std::uint64_t, const std::string*>> idle;
    for (const auto& [key, entry] : entries_) {
      if (entry.candidate.use_count() == 1) idle.emplace_back(entry.used, &key);
    }
    if (idle.size() <= kKept) return;
    std::ranges::sort(idle);
    idle.resize(idle.size() - kKept);
    for (const auto& [used, key] : idle) entries_.erase(std::string(*key));
  }

 private:
  static std::string key_of(const core::Label& label) {
    std::string key = label.text;
    const auto add = [&](const core::Sentences& wording) {
      for (const core::Sentence& sentence : wording) key += '\x1f' + sentence.text;
    };
    add(label.sentences);
    std::ranges::for_each(label.further, add);
    return key;
  }

  struct Entry {
    CandidatePtr candidate;
    std::uint64_t used = 0;
  };
  std::unordered_map<std::string, Entry> entries_;
  std::uint64_t clock_ = 0;
};

}  // namespace purlscope::models::structured
