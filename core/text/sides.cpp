#include "core/text/sides.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

namespace purlscope::core {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
char upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

/// Words and what stands between them, in turn: a word may hold hyphens ("counter-clockwise").
std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const bool word = is_letter(text[begin]);
    std::size_t end = begin + 1;
    const auto belongs = [&](std::size_t i) {
      const bool hyphen = word && text[i] == '-' && i + 1 < text.size() && is_letter(text[i + 1]);
      return is_letter(text[i]) == word || hyphen;
    };
    while (end < text.size() && belongs(end)) ++end;
    out.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return out;
}

std::string lowered(std::string_view word) {
  std::string out(word);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

constexpr std::string_view kTurn = "clockwise";

/// The word on the other side of the mirror, in lower case; empty for a word that names no side.
std::string opposite(const std::string& word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kSides = {
      {{"left", "right"}, {"right", "left"}}};
  for (const auto& [side, other] : kSides) {
    if (word == side) return std::string(other);
    if (!word.starts_with(side)) continue;
    const std::string rest = word.substr(side.size());
    if (rest == "ward" || rest == "wards" || rest == "most" || rest.starts_with('-') || rest == "handed") {
      return std::string(other) + rest;
    }
  }
  if (word == kTurn) return "counterclockwise";
  return word.ends_with(kTurn) ? std::string(kTurn) : "";
}

bool is_body_part(const std::string& word) {
  static constexpr std::array<std::string_view, 21> kParts = {
      "hand", "arm", "forearm", "elbow", "wrist", "palm", "fist", "finger", "fingers",  "fingertips", "thumb",
      "foot", "leg", "knee",    "ankle", "hip",   "heel", "toe",  "thigh",  "shoulder", "shin"};
  return std::ranges::find(kParts, word) != kParts.end();
}

/// Whether the word at a place tells the side of a body part: "left hand", "right-handed".
bool of_body_part(const std::vector<std::string_view>& pieces, std::size_t i) {
  const std::string word = lowered(pieces[i]);
  if (word.ends_with("handed") || word.ends_with("-hand") || word.ends_with("-foot")) return true;
  return i + 2 < pieces.size() && is_body_part(lowered(pieces[i + 2]));
}

std::string mirror_text(std::string_view text, bool body_parts) {
  const std::vector<std::string_view> pieces = pieces_of(text);
  std::string out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::string other = is_letter(pieces[i].front()) ? opposite(lowered(pieces[i])) : "";
    if (other.empty() || (!body_parts && of_body_part(pieces, i))) {
      out += pieces[i];
      continue;
    }
    if (std::isupper(static_cast<unsigned char>(pieces[i].front())) != 0) other.front() = upper(other.front());
    out += other;
  }
  return out;
}

void mirror(Sentences& sentences, bool body_parts) {
  for (Sentence& sentence : sentences) sentence.text = mirror_text(sentence.text, body_parts);
}

bool tells_a_body_parts_side(std::string_view name) {
  const std::vector<std::string_view> pieces = pieces_of(name);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (is_letter(pieces[i].front()) && !opposite(lowered(pieces[i])).empty() && of_body_part(pieces, i)) return true;
  }
  return false;
}

}  // namespace

bool names_a_side(std::string_view text) {
  return std::ranges::any_of(pieces_of(text), [](std::string_view piece) {
    return is_letter(piece.front()) && !opposite(lowered(piece)).empty();
  });
}

std::optional<Label> mirror_label(const Label& label) {
  if (!names_a_side(label.text)) return {};
  const bool body_parts = tells_a_body_parts_side(label.text);
  Label out = label;
  out.text = mirror_text(label.text, true);
  mirror(out.sentences, body_parts);
  for (Sentences& wording : out.further) mirror(wording, body_parts);
  return out;
}

}  // namespace purlscope::core
