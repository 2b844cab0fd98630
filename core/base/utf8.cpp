#include "core/base/utf8.h"

#include <array>

namespace purlscope::core {
namespace {

/// Length of a sequence by its first byte, 0 for a byte that starts none.
std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

}  // namespace

char32_t next_code_point(std::string_view utf8, std::size_t& position) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
  const unsigned char lead = byte(position);
  const std::size_t length = sequence_length(lead);
  const auto invalid = [&] {
    ++position;
    return kReplacement;
  };
  if (length == 0 || position + length > utf8.size()) return invalid();
  if (length == 1) {
    ++position;
    return lead;
  }
  char32_t code = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const unsigned char next = byte(position + i);
    if ((next & 0xC0U) != 0x80U) return invalid();
    code = code << 6U | (next & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kSmallest[length] || code > 0x10FFFF || surrogate) return invalid();
  position += length;
  return code;
}

std::optional<std::size_t> first_invalid_byte(std::string_view utf8) {
  for (std::size_t position = 0; position < utf8.size();) {
    const std::size_t start = position;
    // A replacement character that stands in the text itself is three bytes long.
    if (next_code_point(utf8, position) == kReplacement && position - start == 1) return start;
  }
  return std::nullopt;
}

void append_utf8(std::string& text, char32_t code) {
  const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
  const auto put_trailing = [&](unsigned shift) { put(0x80U | (code >> shift & 0x3FU)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | code >> 6U);
    put_trailing(0);
  } else if (code < 0x10000) {
    put(0xE0U | code >> 12U);
    put_trailing(6);
    put_trailing(0);
  } else {
    put(0xF0U | code >> 18U);
    put_trailing(12);
    put_trailing(6);
    put_trailing(0);
  }
}

std::u32string code_points(std::string_view utf8) {
  std::u32string out;
  for (std::size_t position = 0; position < utf8.size();) out += next_code_point(utf8, position);
  return out;
}

}  // namespace purlscope::core
