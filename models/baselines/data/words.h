#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

namespace purlscope::models::baselines {

/// The words of a label that name the movement, and those that name what it is done with. In the label's order, joined
/// by spaces, lower case; empty where the label has none.
struct LabelWords {
  std::string verb;  ///< "sit down", "pick up"
  std::string noun;  ///< "one hand", "tennis bat"
};

/// Part of speech of the words of action labels. What the methods need that learn verbs and nouns apart.
class PartsOfSpeech {
 public:
  /// `resources/lexicon/parts_of_speech.json`, read once. It knows every word of the class lists in
  /// `resources/datasets`. Thread: any. @throws as read()
  static const PartsOfSpeech& bundled();
  /// @throws Error{Code::not_found, Code::bad_format} naming the file and what is wrong with it
  static PartsOfSpeech read(const std::filesystem::path& file);

  /// @param word lower case
  bool knows(std::string_view word) const { return kinds_.contains(std::string(word)); }

  /// Splits a label at everything that is no letter, digit or apostrophe. Verbs take the particles of the label along
  /// ("sit down", "swipe left"); a label that has particles alone has no verb. A bracket that begins with "not" is left
  /// out. An unknown word is a verb when it ends in "-ing" or begins the label, else a noun.
  LabelWords split(std::string_view label) const;

 private:
  enum class Kind { verb, particle, noun, other };
  Kind kind_of(const std::string& word, bool first) const;

  std::unordered_map<std::string, Kind> kinds_;
};

}  // namespace purlscope::models::baselines
