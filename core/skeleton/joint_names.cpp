#include "core/skeleton/joint_names.h"

#include <algorithm>
#include <utility>

namespace purlscope::core {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Bytes of names in other scripts count as letters.
bool is_part(char c) { return is_upper(c) || is_lower(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

/// "LHip" is two words, "LASI" one, "upperArm" two, "Spine1" one.
bool word_begins(std::string_view name, std::size_t i) {
  if (i == 0 || !is_upper(name[i])) return false;
  return is_lower(name[i - 1]) || is_digit(name[i - 1]) ||
         (is_upper(name[i - 1]) && i + 1 < name.size() && is_lower(name[i + 1]));
}

/// The one of several words that mean the same.
std::string_view common_word(std::string_view word) {
  if (word == "l") return "left";
  if (word == "r") return "right";
  if (word == "center") return "centre";
  return word == "mid" ? "middle" : word;
}

std::vector<std::string> words(std::string_view name) {
  if (const auto colon = name.find_last_of(":|"); colon != std::string_view::npos && colon + 1 < name.size()) {
    name.remove_prefix(colon + 1);
  }
  std::vector<std::string> found;
  bool inside = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (is_part(c)) {
      if (!inside || word_begins(name, i)) found.emplace_back();
      found.back().push_back(is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c);
    }
    inside = is_part(c);
  }
  for (std::string& word : found) word = std::string(common_word(word));
  return found;
}

std::string joined(std::vector<std::string> words) {
  std::stable_partition(words.begin(), words.end(),
                        [](const std::string& word) { return word == "left" || word == "right"; });
  std::string name;
  for (const std::string& word : words) name += word;
  return name;
}

}  // namespace

std::string comparable_name(std::string_view name) { return joined(words(name)); }

std::vector<std::string> comparable_names(const std::vector<std::string>& names) {
  std::vector<std::vector<std::string>> split;
  split.reserve(names.size());
  for (const std::string& name : names) split.push_back(words(name));
  const bool shared = split.size() > 1 && std::ranges::all_of(split, [&](const auto& w) {
                        return !w.empty() && !split.front().empty() && w.front() == split.front().front();
                      });
  std::vector<std::string> comparable;
  for (auto& name : split) {
    if (shared && name.size() > 1) name.erase(name.begin());
    comparable.push_back(joined(std::move(name)));
  }
  return comparable;
}

}  // namespace purlscope::core
