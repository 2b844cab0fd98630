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

/// An action the user asks about: its name and its eight sentences.
struct Label {
  std::string text;
  std::array<Sentence, kSentenceCount> sentences;
  std::string nearest = {};  ///< the bank's label whose sentences these are, where their origin is Origin::nearest
};

/// Where a sentence of a label came from, in words: "bank", "nearest: throw a ball".
std::string origin_text(const Label& label, std::size_t sentence);

/// The candidates of one recognition, in the user's order. No duplicates, no empty text.
struct LabelSet {
  std::vector<Label> labels;
};

}  // namespace purlscope::core
