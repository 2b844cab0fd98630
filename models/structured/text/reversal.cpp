#include "models/structured/text/reversal.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "models/structured/text/lexicon.h"

namespace purlscope::models::structured {

ReversalWords::ReversalWords(std::map<std::string, std::string> words) : counterparts_(std::move(words)) {
  for (const auto& [word, counterpart] : counterparts_) words_.push_back(word);
  std::ranges::stable_sort(words_, [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

const ReversalWords& ReversalWords::bundled() {
  static const ReversalWords words = read(core::resource("lexicon/reversal.json"));
  return words;
}

ReversalWords ReversalWords::read(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw Error(Code::not_found, fmt::format("{}: cannot be opened; reinstall the program", file.string()));
  try {
    auto words = nlohmann::json::parse(in).at("words").get<std::map<std::string, std::string>>();
    for (const auto& [word, counterpart] : words) {
      if (!word.empty() && !counterpart.empty() && word == core::lower_ascii(word)) continue;
      throw Error(Code::bad_format, fmt::format("{}: '{}' - '{}': expected two words, the first in lower case",
                                                file.string(), word, counterpart));
    }
    if (words.empty()) throw Error(Code::bad_format, fmt::format("{}: no word", file.string()));
    return ReversalWords(std::move(words));
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_format,
                fmt::format("{}: {}; expected {{\"words\": {{WORD: COUNTERPART}}}}", file.string(), error.what()));
  }
}

std::string ReversalWords::reversed(std::string_view text) const {
  const std::string lower = core::lower_ascii(text);
  std::string out;
  std::size_t place = 0;
  while (place < text.size()) {
    const std::string* word = word_at(lower, place, words_);
    out += word == nullptr ? std::string(1, text[place]) : counterparts_.at(*word);
    place += word == nullptr ? 1 : word->size();
  }
  return out;
}

void ReversalWords::reverse(core::Sentences& sentences) const {
  for (core::Sentence& sentence : sentences) sentence.text = reversed(sentence.text);
  std::swap(sentences[core::sentence_index("start")], sentences[core::sentence_index("end")]);
}

core::Label ReversalWords::reversed(const core::Label& label) const {
  core::Label out{reversed(label.text), label.sentences, {}, label.further};
  reverse(out.sentences);
  for (core::Sentences& wording : out.further) reverse(wording);
  return out;
}

}  // namespace purlscope::models::structured
