#include "core/text/clip/characters.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>
#include <unordered_map>

#include "core/text/unicode.h"

namespace purlscope::core {
namespace {

struct CodeRange {
  char32_t first;
  char32_t last;
};

/// Characters first, first + step, ..., last become themselves plus `distance`.
struct CodeRun {
  char32_t first;
  char32_t last;
  std::int32_t step;
  std::int32_t distance;
};

struct MarkClass {
  char32_t first;
  char32_t last;
  int order;
};

struct Decomposition {
  char32_t code;
  char32_t first;
  char32_t second;  ///< 0 when the character decomposes into one
};

#include "core/text/clip/unicode_tables.inc"

template <typename Range>
const Range* find_range(std::span<const Range> ranges, char32_t code) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), code, [](char32_t c, const Range& r) { return c < r.first; });
  if (after == ranges.begin() || code > std::prev(after)->last) return nullptr;
  return &*std::prev(after);
}

char32_t moved(std::span<const CodeRun> runs, char32_t code) {
  const CodeRun* run = find_range(runs, code);
  if (run == nullptr || (code - run->first) % static_cast<char32_t>(run->step) != 0) return code;
  return static_cast<char32_t>(static_cast<std::int32_t>(code) + run->distance);
}

int mark_class(char32_t code) {
  const MarkClass* range = find_range(std::span<const MarkClass>(kMarkClasses), code);
  return range == nullptr ? 0 : range->order;
}

// Hangul syllables: The Unicode Standard, section 3.12.
constexpr char32_t kSyllables = 0xAC00, kLeads = 0x1100, kVowels = 0x1161, kTrails = 0x11A7;
constexpr char32_t kLeadCount = 19, kVowelCount = 21, kTrailCount = 28;
constexpr char32_t kSyllableCount = kLeadCount * kVowelCount * kTrailCount;

const Decomposition* find_decomposition(std::span<const Decomposition> table, char32_t code) {
  const auto found =
      std::lower_bound(table.begin(), table.end(), code, [](const Decomposition& d, char32_t c) { return d.code < c; });
  return found == table.end() || found->code != code ? nullptr : &*found;
}

void append_decomposed(std::u32string& text, char32_t code) {
  if (code - kSyllables < kSyllableCount) {
    const char32_t index = code - kSyllables;
    text.push_back(static_cast<char32_t>(kLeads + index / (kVowelCount * kTrailCount)));
    text.push_back(static_cast<char32_t>(kVowels + index % (kVowelCount * kTrailCount) / kTrailCount));
    if (index % kTrailCount != 0) text.push_back(static_cast<char32_t>(kTrails + index % kTrailCount));
    return;
  }
  const Decomposition* found = find_decomposition(kCompositions, code);
  if (found == nullptr) found = find_decomposition(kDecompositions, code);
  if (found == nullptr) {
    text += code;
    return;
  }
  append_decomposed(text, found->first);
  if (found->second != 0) append_decomposed(text, found->second);
}

/// Marks that follow one another stand in the order of their classes.
void order_marks(std::u32string& text) {
  for (auto begin = text.begin(); begin != text.end();) {
    if (mark_class(*begin) == 0) {
      ++begin;
      continue;
    }
    const auto end = std::find_if(begin, text.end(), [](char32_t c) { return mark_class(c) == 0; });
    std::stable_sort(begin, end, [](char32_t a, char32_t b) { return mark_class(a) < mark_class(b); });
    begin = end;
  }
}

/// The character that two make, 0 when they make none.
char32_t pair_of(char32_t first, char32_t second) {
  static const std::unordered_map<std::uint64_t, char32_t> kPairs = [] {
    std::unordered_map<std::uint64_t, char32_t> pairs;
    for (const Decomposition& d : kCompositions) pairs.emplace(std::uint64_t{d.first} << 32U | d.second, d.code);
    return pairs;
  }();
  if (first - kLeads < kLeadCount && second - kVowels < kVowelCount) {
    return kSyllables + ((first - kLeads) * kVowelCount + (second - kVowels)) * kTrailCount;
  }
  const bool open_syllable = first - kSyllables < kSyllableCount && (first - kSyllables) % kTrailCount == 0;
  if (open_syllable && second > kTrails && second < kTrails + kTrailCount) return first + (second - kTrails);
  const auto found = kPairs.find(std::uint64_t{first} << 32U | second);
  return found == kPairs.end() ? 0 : found->second;
}

bool is_word_character(const std::u32string& text, std::size_t position) {
  return position < text.size() && is_letter(text[position]);
}

}  // namespace

bool is_letter(char32_t code) { return find_range(std::span<const CodeRange>(kLetters), code) != nullptr; }
bool is_number(char32_t code) { return find_range(std::span<const CodeRange>(kNumbers), code) != nullptr; }

bool is_blank(char32_t code) {
  return is_space(code) || code == 0x0B || code == 0x0C || (code >= 0x1C && code <= 0x1F) || code == 0x85;
}

char32_t ordinary_width(char32_t code) { return moved(kWidthRuns, code); }

std::u32string lower_case(const std::u32string& text) {
  constexpr char32_t kDottedI = 0x130, kDotAbove = 0x307, kSigma = 0x3A3, kFinalSigma = 0x3C2;
  std::u32string lower;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == kDottedI) {
      lower += {U'i', kDotAbove};
    } else if (text[i] == kSigma && i > 0 && is_word_character(text, i - 1) && !is_word_character(text, i + 1)) {
      lower += kFinalSigma;
    } else {
      lower += moved(kLowerRuns, text[i]);
    }
  }
  return lower;
}

std::u32string composed(const std::u32string& text) {
  constexpr char32_t kFirstMark = 0x300;
  if (std::all_of(text.begin(), text.end(), [](char32_t c) { return c < kFirstMark; })) return text;
  std::u32string apart;
  for (const char32_t code : text) append_decomposed(apart, code);
  order_marks(apart);

  std::u32string result;
  std::size_t starter = std::u32string::npos;
  int last_class = 0;  // of the character before, within what follows the starter
  for (const char32_t code : apart) {
    const int order = mark_class(code);
    const bool adjacent = starter != std::u32string::npos && starter + 1 == result.size();
    if (starter != std::u32string::npos && (adjacent || (last_class != 0 && last_class < order))) {
      if (const char32_t pair = pair_of(result[starter], code); pair != 0) {
        result[starter] = pair;
        continue;
      }
    }
    if (order == 0) starter = result.size();
    last_class = order;
    result += code;
  }
  return result;
}

}  // namespace purlscope::core
