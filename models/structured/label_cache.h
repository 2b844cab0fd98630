#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "core/text/labels.h"
#include "models/structured/fit/calibration.h"

namespace purlscope::models::structured {

using CandidatePtr = std::shared_ptr<const Candidate>;

/// Fitted labels by name and sentences. A fit takes about 1 MB; the ones in use are kept by their users, the cache
/// itself holds the most recent.
class LabelCache {
 public:
  static constexpr std::size_t kKept = 128;

  /// The label's fit; `make` is called for a label (or an edited sentence) not seen before.
  template <typename Make>
  CandidatePtr get(const core::Label& label, Make make) {
    std::string key = label.text;
    for (const core::Sentence& sentence : label.sentences) key += '\x1f' + sentence.text;
    auto found = entries_.find(key);
    if (found == entries_.end()) {
      found = entries_.emplace(std::move(key), Entry{std::make_shared<const Candidate>(make()), 0}).first;
    }
    found->second.used = ++clock_;
    return found->second.candidate;
  }

  /// Drops the least recently used beyond kKept.
  void trim() {
    while (entries_.size() > kKept) {
      entries_.erase(std::ranges::min_element(entries_, {}, [](const auto& entry) { return entry.second.used; }));
    }
  }

 private:
  struct Entry {
    CandidatePtr candidate;
    std::uint64_t used = 0;
  };
  std::map<std::string, Entry> entries_;
  std::uint64_t clock_ = 0;
};

}  // namespace purlscope::models::structured
