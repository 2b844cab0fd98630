#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/labels.h"

namespace purlscope::models::structured {

/// Words for motions and what they become when time runs backwards ("sit down" - "stand up", "up" - "down").
class ReversalWords {
 public:
  /// `resources/lexicon/reversal.json`, read once. Thread: any. @throws as read()
  static const ReversalWords& bundled();
  /// @throws Error{Code::not_found, Code::bad_format} naming the file and what is wrong with it
  static ReversalWords read(const std::filesystem::path& file);
  /// @param words lower case, each with its counterpart
  explicit ReversalWords(std::map<std::string, std::string> words);

  /// The text with every word replaced by its counterpart, all at once; whole words in any case, longer ones first.
  std::string reversed(std::string_view text) const;
  /// Name and sentences reversed, then the sentences of start and end exchanged; so in every wording.
  core::Label reversed(const core::Label& label) const;

 private:
  void reverse(core::Sentences& sentences) const;

  std::map<std::string, std::string> counterparts_;
  std::vector<std::string> words_;  ///< longer ones first
};

}  // namespace purlscope::models::structured
