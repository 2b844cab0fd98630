#include "core/text/unicode.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>

namespace purlscope::core {
namespace {

struct CodeRange {
  char32_t first;
  char32_t last;
};

/// Characters first, first + step, ..., last fold to themselves plus `distance`.
struct FoldRun {
  char32_t first;
  char32_t last;
  std::int32_t step;
  std::int32_t distance;
};

struct FoldSequence {
  char32_t code;
  char32_t folded[3];  ///< filled up with zeros
};

#include "core/text/unicode_tables.inc"

// Blocks of CJK ideographs as in BERT's reference tokenizer.
constexpr CodeRange kHan[] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},   {0x20000, 0x2A6DF},
                              {0x2A700, 0x2B73F}, {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0x2F800, 0x2FA1F}};

bool in_ranges(std::span<const CodeRange> ranges, char32_t code) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), code, [](char32_t c, const CodeRange& r) { return c < r.first; });
  return after != ranges.begin() && code <= std::prev(after)->last;
}

// Hangul syllables decompose by arithmetic: The Unicode Standard, section 3.12.
constexpr char32_t kHangulFirst = 0xAC00;
constexpr char32_t kHangulCount = 11172;
constexpr char32_t kVowels = 21;
constexpr char32_t kTrails = 28;

void append_hangul(std::u32string& text, char32_t code) {
  const char32_t index = code - kHangulFirst;
  text += 0x1100 + index / (kVowels * kTrails);
  text += 0x1161 + index % (kVowels * kTrails) / kTrails;
  if (const char32_t trail = index % kTrails; trail != 0) text += 0x11A7 + trail;
}

bool append_sequence(std::u32string& text, char32_t code) {
  const auto* found = std::lower_bound(std::begin(kFoldSequences), std::end(kFoldSequences), code,
                                       [](const FoldSequence& s, char32_t c) { return s.code < c; });
  if (found == std::end(kFoldSequences) || found->code != code) return false;
  for (const char32_t part : found->folded) {
    if (part != 0) text += part;
  }
  return true;
}

char32_t fold_single(char32_t code) {
  const auto* after = std::upper_bound(std::begin(kFoldRuns), std::end(kFoldRuns), code,
                                       [](char32_t c, const FoldRun& run) { return c < run.first; });
  if (after == std::begin(kFoldRuns)) return code;
  const FoldRun& run = *std::prev(after);
  const bool inside = code <= run.last && (code - run.first) % static_cast<char32_t>(run.step) == 0;
  return inside ? static_cast<char32_t>(static_cast<std::int32_t>(code) + run.distance) : code;
}

}  // namespace

bool is_space(char32_t code) { return in_ranges(kSpaces, code); }
bool is_punctuation(char32_t code) { return in_ranges(kPunctuation, code); }
bool is_dropped(char32_t code) { return in_ranges(kDropped, code); }
bool is_han(char32_t code) { return in_ranges(kHan, code); }

void append_folded(std::u32string& text, char32_t code) {
  if (code >= kHangulFirst && code < kHangulFirst + kHangulCount) return append_hangul(text, code);
  if (!append_sequence(text, code)) text += fold_single(code);
}

}  // namespace purlscope::core
