#include "core/text/clip/html_entities.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "core/base/utf8.h"
#include "core/text/clip/windows_1252.h"

namespace purlscope::core {
namespace {

struct Entity {
  std::string_view name;
  char32_t first;
  char32_t second;   ///< 0 for one character
  bool stands_open;  ///< known without semicolon too
};

#include "core/text/clip/entities.inc"

constexpr std::size_t kMaxName = 32;  // longer than every name

/// What stands for a reference, and how many characters of the text it takes.
struct Reference {
  std::u32string meaning;
  std::size_t length = 0;
};

const Entity* find_entity(std::string_view name) {
  const auto* found = std::lower_bound(std::begin(kEntities), std::end(kEntities), name,
                                       [](const Entity& e, std::string_view n) { return e.name < n; });
  return found == std::end(kEntities) || found->name != name ? nullptr : found;
}

std::u32string characters_of(const Entity& entity) {
  std::u32string text(1, entity.first);
  if (entity.second != 0) text += entity.second;
  return text;
}

bool is_noncharacter(char32_t code) { return (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFEU) == 0xFFFEU; }

/// The HTML standard's repair of a stated number: Windows-1252 for C1 controls, nothing for other controls.
std::u32string character_of_number(std::uint32_t number) {
  if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) return {kReplacement};
  const auto code = static_cast<char32_t>(number);
  if (const char32_t known = windows_1252(code); known != code) return {known};
  const bool space = code == 0x09 || code == 0x0A || code == 0x0C || code == 0x0D;
  const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
  if ((control && !space && code != 0x81 && code != 0x8D && code != 0x8F && code != 0x90 && code != 0x9D) ||
      is_noncharacter(code))
    return {};
  return {code};
}

int digit_value(char32_t code, int base) {
  if (code >= U'0' && code <= U'9') return static_cast<int>(code - U'0');
  const char32_t lower = code | 0x20U;
  if (base == 16 && lower >= U'a' && lower <= U'f') return static_cast<int>(lower - U'a') + 10;
  return -1;
}

/// @pre text[at] is '&' and text[at + 1] is '#'
std::optional<Reference> numeric_reference(std::u32string_view text, std::size_t at) {
  std::size_t end = at + 2;
  const bool hexadecimal = end < text.size() && (text[end] | 0x20U) == U'x';
  if (hexadecimal) ++end;
  const int base = hexadecimal ? 16 : 10;
  const std::size_t first_digit = end;
  std::uint32_t number = 0;
  for (; end < text.size() && digit_value(text[end], base) >= 0; ++end) {
    number = std::min<std::uint32_t>(
        number * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit_value(text[end], base)),
        0x110000U);
  }
  if (end == first_digit) return std::nullopt;
  if (end < text.size() && text[end] == U';') ++end;
  return Reference{character_of_number(number), end - at};
}

/// ASCII letters and digits behind '&'.
std::string name_at(std::u32string_view text, std::size_t at) {
  std::string name;
  for (std::size_t i = at + 1; i < text.size() && name.size() < kMaxName; ++i) {
    const char32_t code = text[i];
    const bool alphanumeric = (code >= U'0' && code <= U'9') || ((code | 0x20U) >= U'a' && (code | 0x20U) <= U'z');
    if (code >= 0x80 || !alphanumeric) break;
    name += static_cast<char>(code);
  }
  return name;
}

bool is_closed(std::u32string_view text, std::size_t at, std::size_t length) {
  return at + 1 + length < text.size() && text[at + 1 + length] == U';';
}

std::optional<Reference> closed_reference(std::u32string_view text, std::size_t at) {
  if (text.substr(at + 1, 1) == U"#") {
    auto reference = numeric_reference(text, at);
    return reference && text[at + reference->length - 1] == U';' ? reference : std::nullopt;
  }
  const std::string name = name_at(text, at);
  const Entity* entity = is_closed(text, at, name.size()) ? find_entity(name) : nullptr;
  if (entity == nullptr) return std::nullopt;
  return Reference{characters_of(*entity), name.size() + 2};
}

std::optional<Reference> any_reference(std::u32string_view text, std::size_t at) {
  if (text.substr(at + 1, 1) == U"#") return numeric_reference(text, at);
  if (auto closed = closed_reference(text, at)) return closed;
  for (std::string name = name_at(text, at); name.size() > 1; name.pop_back()) {
    const Entity* entity = find_entity(name);
    if (entity != nullptr && entity->stands_open) return Reference{characters_of(*entity), name.size() + 1};
  }
  return std::nullopt;
}

using Find = std::optional<Reference> (*)(std::u32string_view, std::size_t);

std::u32string replace_references(const std::u32string& text, Find find) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto reference = text[at] == U'&' ? find(text, at) : std::nullopt;
    if (!reference) {
      result += text[at++];
      continue;
    }
    result += reference->meaning;
    at += reference->length;
  }
  return result;
}

}  // namespace

std::u32string unescape_html(const std::u32string& text) { return replace_references(text, any_reference); }
std::u32string unescape_closed_html(const std::u32string& text) { return replace_references(text, closed_reference); }

}  // namespace purlscope::core
