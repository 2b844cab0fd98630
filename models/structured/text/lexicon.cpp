#include "models/structured/text/lexicon.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::models::structured {
namespace {

constexpr std::size_t kMostCounted = 2;

/// Letters, digits, underscore and every byte of a non-ASCII character belong to words.
bool in_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

bool stands_at(std::string_view text, std::size_t place, std::string_view word) {
  if (text.compare(place, word.size(), word) != 0) return false;
  const std::size_t end = place + word.size();
  return end == text.size() || in_word(text[end]) != in_word(text[end - 1]);
}

/// The parts whose words are counted apart, lower case.
std::array<std::string, MotionLexicon::kParts> parts_of(const core::Label& label) {
  std::array<std::string, core::kSentenceCount> s;
  for (std::size_t i = 0; i < s.size(); ++i) s[i] = core::lower_ascii(label.sentences[i].text);
  const std::string name = core::lower_ascii(label.text);
  return {fmt::format("{0} . {0} . {1}", name, s[7]),    s[1], s[3], fmt::format("{} . {}", s[0], s[2]),
          fmt::format("{} . {} . {}", s[4], s[5], s[6]), s[6]};
}

}  // namespace

const std::string* word_at(std::string_view text, std::size_t place, const std::vector<std::string>& words) {
  if (!in_word(text[place]) || (place > 0 && in_word(text[place - 1]))) return nullptr;
  const auto found = std::ranges::find_if(words, [&](const std::string& word) { return stands_at(text, place, word); });
  return found == words.end() ? nullptr : &*found;
}

std::size_t count_words(std::string_view text, const std::vector<std::string>& words) {
  std::size_t count = 0;
  std::size_t place = 0;
  while (place < text.size()) {
    const std::string* found = word_at(text, place, words);
    count += found == nullptr ? 0 : 1;
    place += found == nullptr ? 1 : found->size();
  }
  return count;
}

const MotionLexicon& MotionLexicon::bundled() {
  static const MotionLexicon lexicon = read(core::resource("lexicon/motion.json"));
  return lexicon;
}

MotionLexicon MotionLexicon::read(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw Error(Code::not_found, fmt::format("{}: cannot be opened; reinstall the program", file.string()));
  try {
    std::vector<Group> groups;
    const nlohmann::json document = nlohmann::json::parse(in);
    for (const auto& entry : document.at("groups")) {
      groups.push_back({entry.at("name").get<std::string>(), entry.at("words").get<std::vector<std::string>>()});
      const auto& words = groups.back().words;
      if (words.empty() || std::ranges::find(words, std::string()) != words.end()) {
        throw Error(Code::bad_format,
                    fmt::format("{}: group {} has no words or an empty one", file.string(), groups.back().name));
      }
    }
    if (groups.empty()) throw Error(Code::bad_format, fmt::format("{}: no word group", file.string()));
    return MotionLexicon(std::move(groups));
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_format,
                fmt::format("{}: {}; expected {{\"groups\": [{{\"name\", \"words\"}}]}}", file.string(), error.what()));
  }
}

std::vector<float> MotionLexicon::counts(const core::Label& label) const {
  std::vector<float> out;
  out.reserve(size());
  for (const std::string& part : parts_of(label)) {
    for (const Group& group : groups_) {
      out.push_back(static_cast<float>(std::min(kMostCounted, count_words(part, group.words))));
    }
  }
  return out;
}

}  // namespace purlscope::models::structured
