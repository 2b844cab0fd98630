#include "core/text/clip/text_repair.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/base/utf8.h"
#include "core/text/clip/characters.h"
#include "core/text/clip/html_entities.h"
#include "core/text/clip/windows_1252.h"

namespace purlscope::core {
namespace {

constexpr int kMaxRounds = 8;  // layers of damage that are undone

/// A character whose UTF-8 bytes stand in the text as single characters.
struct Misread {
  char32_t meant = 0;
  std::size_t length = 0;
  bool certain = false;  ///< the characters are no text that somebody would write
};

/// Punctuation and signs that people put directly behind a capital letter with an accent ("CAFÉ…", "NESCAFÉ®").
bool follows_letters(char32_t code) {
  constexpr std::array<char32_t, 19> kSigns = {0x2018, 0x2019, 0x201C, 0x201D, 0x2013, 0x2014, 0x2026,
                                               0x2022, 0x2122, 0x2039, 0x203A, 0xA0,   0xA9,   0xAA,
                                               0xAB,   0xAE,   0xB2,   0xB3,   0xBB};
  return std::find(kSigns.begin(), kSigns.end(), code) != kSigns.end();
}

std::size_t sequence_length(unsigned char lead) {
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

std::optional<Misread> misread_at(std::u32string_view text, std::size_t at) {
  const auto lead = windows_1252_byte(text[at]);
  const std::size_t length = lead ? sequence_length(*lead) : 0;
  if (length == 0 || at + length > text.size()) return std::nullopt;
  std::string bytes(1, static_cast<char>(*lead));
  bool odd = false;
  for (std::size_t i = at + 1; i < at + length; ++i) {
    const auto byte = windows_1252_byte(text[i]);
    if (!byte) return std::nullopt;
    bytes += static_cast<char>(*byte);
    odd = odd || !follows_letters(text[i]);
  }
  std::size_t position = 0;
  const char32_t meant = next_code_point(bytes, position);
  if (position != length) return std::nullopt;
  // In every misread Latin letter the first is one of these two, which hardly end a word.
  const bool latin = *lead == 0xC2 || *lead == 0xC3;
  const bool sign = text[at + 1] == 0xA9 || text[at + 1] == 0xAE || text[at + 1] == 0xB2 || text[at + 1] == 0xB3 ||
                    text[at + 1] == 0xAA || text[at + 1] == 0xAB || text[at + 1] == 0xBB;
  return Misread{meant, length, odd || (latin && sign)};
}

/// The text with its misread characters put right; all of them when `also_doubtful`.
std::u32string decode(const std::u32string& text, bool also_doubtful) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto misread = misread_at(text, at);
    const bool taken = misread && (misread->certain || also_doubtful);
    result += taken ? misread->meant : text[at];
    at += taken ? misread->length : 1;
  }
  return result;
}

/// One certain misreading in a text that is UTF-8 throughout settles the doubtful ones.
std::u32string decode_misread(const std::u32string& text) {
  bool certain = false, throughout = true;
  for (std::size_t at = 0; at < text.size();) {
    const auto misread = misread_at(text, at);
    certain = certain || (misread && misread->certain);
    throughout = throughout && (misread || text[at] < 0x80);
    at += misread ? misread->length : 1;
  }
  return certain ? decode(text, throughout) : text;
}

std::u32string_view spelled_out(char32_t code) {
  constexpr std::array<std::u32string_view, 7> kLatin = {U"ff", U"fi", U"fl", U"ffi", U"ffl", U"\u017Ft", U"st"};
  if (code >= 0xFB00 && code < 0xFB00 + kLatin.size()) return kLatin[code - 0xFB00];
  switch (code) {
    case 0x132:
      return U"IJ";
    case 0x133:
      return U"ij";
    case 0x149:
      return U"\u02BCn";
    case 0x1F1:
      return U"DZ";
    case 0x1F2:
      return U"Dz";
    case 0x1F3:
      return U"dz";
    case 0x1C4:
      return U"D\u017D";
    case 0x1C5:
      return U"D\u017E";
    case 0x1C6:
      return U"d\u017E";
    case 0x1C7:
      return U"LJ";
    case 0x1C8:
      return U"Lj";
    case 0x1C9:
      return U"lj";
    case 0x1CA:
      return U"NJ";
    case 0x1CB:
      return U"Nj";
    case 0x1CC:
      return U"nj";
    default:
      return {};
  }
}

char32_t plain(char32_t code) {
  if (code == 0x3000) return U' ';
  if (code == 0x2BC || (code >= 0x2018 && code <= 0x201B)) return U'\'';
  if (code >= 0x201C && code <= 0x201F) return U'"';
  return ordinary_width(code);
}

/// Controls and marks of direction or annotation that no text needs; tab, line ends and form feed stay.
bool is_useless(char32_t code) {
  const bool control = code < 0x20 && code != 0x09 && code != 0x0A && code != 0x0C && code != 0x0D;
  return control || code == 0x7F || (code >= 0x206A && code <= 0x206F) || code == 0xFEFF ||
         (code >= 0xFFF9 && code <= 0xFFFC);
}

std::u32string plain_characters(const std::u32string& text) {
  std::u32string result;
  for (const char32_t code : text) {
    const char32_t meant = windows_1252(code);
    if (const std::u32string_view letters = spelled_out(meant); !letters.empty()) {
      for (const char32_t letter : letters) result += plain(letter);
    } else if (!is_useless(meant)) {
      result += plain(meant);
    }
  }
  return result;
}

}  // namespace

std::u32string repaired_text(std::u32string text) {
  const bool is_markup = text.find(U'<') != std::u32string::npos;  // its references are meant
  for (int round = 0; round < kMaxRounds; ++round) {
    std::u32string better = is_markup ? text : unescape_closed_html(text);
    better = composed(plain_characters(decode_misread(better)));
    if (better == text) break;
    text = std::move(better);
  }
  return text;
}

}  // namespace purlscope::core
