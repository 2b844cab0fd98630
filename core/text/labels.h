#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace purlscope::core {

/// The eight sentences of a label, in the order of PURLS: four body parts, three phases, the whole.
inline constexpr std::size_t kSentenceCount = 8;
inline constexpr std::array<std::string_view, kSentenceCount> kSentences = {"head",  "hands",  "torso", "legs",
                                                                            "start", "middle", "end",   "global"};

/// Index of a sentence by name ("hands" -> 1). @throws Error{Code::bad_argument} naming the eight.
std::size_t sentence_index(std::string_view name);

/// Where a sentence came from.
enum class Origin { bank, nearest, file, endpoint, template_text, edited };
std::string_view to_string(Origin origin);

struct Sentence {
  std::string text;
  Origin origin = Origin::template_text;
};

using Sentences = std::array<Sentence, kSentenceCount>;

/// An action the user asks about: its name and its eight sentences.
struct Label {
  std::string text;
  Sentences sentences;       ///< the wording that is shown
  std::string nearest = {};  ///< the bank's label whose sentences these are, where their origin is Origin::nearest
  std::vector<Sentences> further = {};  ///< the same in other words, for methods that take several wordings

  std::size_t wordings() const { return 1 + further.size(); }
  /// The label in one wording alone, 0 = the one that is shown. @throws std::out_of_range
  Label wording(std::size_t i) const;
};

/// Which of the tables that describe a label give its sentences.
enum class Wordings {
  first,  ///< the first alone
  all     ///< every one a wording, the first the one that is shown
};

/// Where a sentence of a label came from, in words: "bank", "nearest: throw a ball".
std::string origin_text(const Label& label, std::size_t sentence);

/// The candidates of one recognition, in the user's order. No duplicates, no empty text.
struct LabelSet {
  std::vector<Label> labels;
};

}  // namespace purlscope::core
