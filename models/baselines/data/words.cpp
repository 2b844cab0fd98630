#include "models/baselines/data/words.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::models::baselines {
namespace {

/// Letters, digits, apostrophes and every byte of a non-ASCII character belong to words.
bool in_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '\'';
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (in_word(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

/// The label in lower case without its brackets that begin with "not".
std::string without_exclusions(std::string_view label) {
  constexpr std::string_view kExclusion = "(not ";
  std::string text = core::lower_ascii(label);
  for (std::size_t begin = text.find(kExclusion); begin != std::string::npos; begin = text.find(kExclusion)) {
    const std::size_t end = text.find(')', begin);
    text.erase(begin, end == std::string::npos ? end : end + 1 - begin);
  }
  return text;
}

void append(std::string& words, const std::string& word) {
  if (!words.empty()) words += ' ';
  words += word;
}

}  // namespace

const PartsOfSpeech& PartsOfSpeech::bundled() {
  static const PartsOfSpeech parts = read(core::resource("lexicon/parts_of_speech.json"));
  return parts;
}

PartsOfSpeech PartsOfSpeech::read(const std::filesystem::path& file) {
  constexpr std::array<std::pair<const char*, Kind>, 4> kLists = {
      {{"verbs", Kind::verb}, {"particles", Kind::particle}, {"nouns", Kind::noun}, {"others", Kind::other}}};
  std::ifstream in(file);
  if (!in) throw Error(Code::not_found, fmt::format("{}: cannot be opened; reinstall the program", file.string()));
  try {
    PartsOfSpeech parts;
    const nlohmann::json document = nlohmann::json::parse(in);
    for (const auto& [name, kind] : kLists) {
      for (const auto& word : document.at(name)) {
        const auto [place, is_new] = parts.kinds_.emplace(word.get<std::string>(), kind);
        if (is_new) continue;
        throw Error(Code::bad_format,
                    fmt::format("{}: '{}' stands twice, expected one list a word", file.string(), place->first));
      }
    }
    return parts;
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}; expected the lists verbs, particles, nouns and others of words",
                                              file.string(), error.what()));
  }
}

PartsOfSpeech::Kind PartsOfSpeech::kind_of(const std::string& word, bool first) const {
  const auto known = kinds_.find(word);
  if (known != kinds_.end()) return known->second;
  return first || word.ends_with("ing") ? Kind::verb : Kind::noun;
}

LabelWords PartsOfSpeech::split(std::string_view label) const {
  LabelWords found;
  bool has_verb = false, first = true;
  for (const std::string& word : words_of(without_exclusions(label))) {
    const Kind kind = kind_of(word, std::exchange(first, false));
    has_verb = has_verb || kind == Kind::verb;
    if (kind == Kind::verb || kind == Kind::particle) append(found.verb, word);
    if (kind == Kind::noun) append(found.noun, word);
  }
  if (!has_verb) found.verb.clear();
  return found;
}

}  // namespace purlscope::models::baselines
