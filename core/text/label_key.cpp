#include "core/text/label_key.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/utf8.h"
#include "core/text/unicode.h"

namespace purlscope::core {
namespace {

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view end) { return word.ends_with(end); });
}

void drop_plural(std::string& word) {
  if (word.size() > 4 && word.ends_with("ies")) {
    word.replace(word.size() - 3, 3, "y");
  } else if (ends_with_any(word, {"sses", "ches", "shes", "xes", "zes"})) {
    word.resize(word.size() - 2);
  } else if (word.size() > 2 && word.ends_with('s') && !ends_with_any(word, {"ss", "us", "is"})) {
    word.pop_back();
  }
}

void drop_gerund(std::string& word) {
  if (!word.ends_with("ing")) return;
  const std::string_view rest = std::string_view(word).substr(0, word.size() - 3);
  if (rest.find_first_of("aeiouy") != std::string_view::npos) word.resize(rest.size());
}

/// "wave" and "waving", "run" and "running" meet only without the final e and the doubled consonant.
void level_ending(std::string& word) {
  if (word.size() > 3 && word.ends_with('e')) word.pop_back();
  if (word.size() > 2 && word.back() == word[word.size() - 2]) word.pop_back();
}

std::string stem(std::string word) {
  drop_plural(word);
  drop_gerund(word);
  level_ending(word);
  return word;
}

bool is_article(std::string_view word) { return word == "a" || word == "an" || word == "the"; }

/// Apostrophes vanish, so that "person's" stays one word.
bool is_apostrophe(char32_t code) { return code == U'\'' || code == 0x2019; }

std::vector<std::string> key_words(std::string_view text) {
  std::vector<std::string> words(1);
  std::u32string folded;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t code = next_code_point(text, position);
    if (is_dropped(code) || is_apostrophe(code)) continue;
    if (is_space(code) || is_punctuation(code)) {
      if (!words.back().empty()) words.emplace_back();
      continue;
    }
    folded.clear();
    append_folded(folded, code);
    for (const char32_t part : folded) append_utf8(words.back(), part);
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

std::string folded_text(std::string_view text) {
  std::string result;
  std::u32string folded;
  bool pending_space = false;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t code = next_code_point(text, position);
    if (is_dropped(code)) continue;
    if (is_space(code)) {
      pending_space = !result.empty();
      continue;
    }
    if (pending_space) result += ' ';
    pending_space = false;
    folded.clear();
    append_folded(folded, code);
    for (const char32_t part : folded) append_utf8(result, part);
  }
  return result;
}

std::string label_key(std::string_view text) {
  std::string key;
  for (const std::string& word : key_words(text)) {
    if (is_article(word)) continue;
    if (!key.empty()) key += ' ';
    key += stem(word);
  }
  return key.empty() ? folded_text(text) : key;
}

}  // namespace purlscope::core
