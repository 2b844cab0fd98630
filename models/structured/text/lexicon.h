#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/labels.h"

namespace purlscope::models::structured {

/// Words of motion ("raise", "left", "step", "bend"), grouped by meaning. Counted in the parts of a label's
/// description, they tell the classifier what a sentence encoder blurs: which side, which way, how often.
class MotionLexicon {
 public:
  /// A group of words or short phrases, lower case. Of two that begin at the same place the earlier wins.
  struct Group {
    std::string name;
    std::vector<std::string> words;
  };

  /// Parts of a description that are counted apart: whole action, hands, legs, head and torso, phases, end.
  static constexpr std::size_t kParts = 6;

  /// `resources/lexicon/motion.json`, read once. Thread: any. @throws as read()
  static const MotionLexicon& bundled();
  /// @throws Error{Code::not_found, Code::bad_format} naming the file and what is wrong with it
  static MotionLexicon read(const std::filesystem::path& file);
  explicit MotionLexicon(std::vector<Group> groups) : groups_(std::move(groups)) {}

  /// Length of counts(): kParts x groups.
  std::size_t size() const { return kParts * groups_.size(); }
  const std::vector<Group>& groups() const { return groups_; }
  /// Occurrences of each group in each part, at most two counted. [kParts x groups], group fastest
  std::vector<float> counts(const core::Label& label) const;

 private:
  std::vector<Group> groups_;
};

/// The first of the words that stands at a place of a lower-case text as a whole word, null when none does.
const std::string* word_at(std::string_view text, std::size_t place, const std::vector<std::string>& words);

/// Non-overlapping occurrences of a group's words in a lower-case text, as whole words.
std::size_t count_words(std::string_view text, const std::vector<std::string>& words);

}  // namespace purlscope::models::structured
