#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/descriptions.h"
#include "core/text/label_key.h"
#include "core/text/unicode.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kShownBytes = 40;

/// The beginning of a long text, cut between characters, for messages.
std::string shown(std::string_view text) {
  if (text.size() <= kShownBytes) return std::string(text);
  std::size_t end = 0;
  for (std::size_t next = 0; next <= kShownBytes; next_code_point(text, next)) end = next;
  return std::string(text.substr(0, end)) + "...";
}

bool is_control(char32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xFEFF; }

/// Embeddings, overrides and isolates would turn the text around them as well.
bool turns_direction(char32_t code) { return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069); }

}  // namespace

std::string clean_label(std::string_view text) {
  if (const auto byte = first_invalid_byte(text)) {
    throw Error(Code::bad_argument,
                fmt::format("a label is not UTF-8: byte {} is 0x{:02x}; type it again or save the file "
                            "as UTF-8",
                            *byte + 1, static_cast<unsigned char>(text[*byte])));
  }
  std::string clean;
  bool pending_space = false;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t code = next_code_point(text, position);
    if (is_space(code)) {
      pending_space = !clean.empty();
      continue;
    }
    if (is_control(code) || turns_direction(code)) continue;
    if (pending_space) clean += ' ';
    pending_space = false;
    append_utf8(clean, code);
  }
  if (folded_text(clean).empty())
    throw Error(Code::bad_argument, "a label is empty: type at least one visible character");
  if (clean.size() > kMaxLabelBytes) {
    throw Error(Code::bad_argument,
                fmt::format("the label \"{}\" is {} bytes long, at most {} are accepted; shorten it", shown(clean),
                            clean.size(), kMaxLabelBytes));
  }
  return clean;
}

std::vector<std::string> split_labels(std::string_view list) {
  constexpr std::string_view kSpaces = " \t\r\n";
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t comma = std::min(list.find(',', begin), list.size());
    const std::string_view part = list.substr(begin, comma - begin);
    const std::size_t first = part.find_first_not_of(kSpaces);
    const std::size_t last = part.find_last_not_of(kSpaces);
    parts.emplace_back(first == std::string_view::npos ? "" : part.substr(first, last - first + 1));
    begin = comma + 1;
  }
  return parts;
}

}  // namespace purlscope::core
