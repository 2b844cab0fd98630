#include "core/text/clip/bpe.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <limits>
#include <unordered_map>
#include <utility>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/clip/characters.h"
#include "core/text/clip/html_entities.h"
#include "core/text/clip/text_repair.h"

namespace purlscope::core {
namespace {

constexpr std::int64_t kWordEnd = 256;  // a byte that ends a word has its id plus this
constexpr std::string_view kStartText = "<|startoftext|>";
constexpr std::string_view kEndText = "<|endoftext|>";

/// Printable bytes come first in the vocabulary; in the list of merges each stands for itself, and the others for
/// U+0100 and up.
bool is_printable(int byte) { return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD); }

struct ByteIds {
  std::array<std::int64_t, 256> id{};
  std::unordered_map<std::string, std::int64_t> symbols;  ///< as written in the list, with and without "</w>"
};

ByteIds make_byte_ids() {
  ByteIds ids;
  std::int64_t next = 0;
  const auto add = [&](int byte, char32_t shown) {
    std::string symbol;
    append_utf8(symbol, shown);
    ids.id[static_cast<std::size_t>(byte)] = next;
    ids.symbols[symbol] = next;
    ids.symbols[symbol + "</w>"] = next + kWordEnd;
    ++next;
  };
  for (int byte = 0; byte < 256; ++byte) {
    if (is_printable(byte)) add(byte, static_cast<char32_t>(byte));
  }
  char32_t other = 0x100;
  for (int byte = 0; byte < 256; ++byte) {
    if (!is_printable(byte)) add(byte, other++);
  }
  return ids;
}

std::uint64_t pair_key(std::int64_t first, std::int64_t second) {
  return static_cast<std::uint64_t>(first) << 32U | static_cast<std::uint64_t>(second);
}

/// Pairs of ids to the id that they make; a smaller id was learned earlier and goes first.
using Merges = std::unordered_map<std::uint64_t, std::int64_t>;

Merges read_merges(const std::filesystem::path& file, std::unordered_map<std::string, std::int64_t> symbols) {
  std::ifstream in(file);
  std::string line;
  if (!in || !std::getline(in, line)) {
    throw Error(
        Code::not_found,
        fmt::format("{}: CLIP's vocabulary is missing; install it together with the weights: `purlscope weights "
                    "import FILE --vocab bpe_simple_vocab_16e6.txt.gz`",
                    file.string()));
  }
  Merges merges;
  merges.reserve(kClipMerges);
  symbols.reserve(kClipMerges + 2 * kWordEnd);
  std::int64_t next = 2 * kWordEnd;
  const auto refuse = [&](const std::string& found) {
    throw Error(Code::bad_format, fmt::format("{}, line {}: {}; expected two symbols of the lines before, as in CLIP's "
                                              "bpe_simple_vocab_16e6.txt or merges.txt",
                                              file.string(), merges.size() + 2, found));
  };
  while (merges.size() < kClipMerges) {
    if (!std::getline(in, line)) refuse(fmt::format("the list ends after {} of {} merges", merges.size(), kClipMerges));
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::size_t space = line.find(' ');
    const auto first = symbols.find(line.substr(0, space));
    const auto second = symbols.find(space == std::string::npos ? std::string() : line.substr(space + 1));
    if (first == symbols.end() || second == symbols.end()) refuse(fmt::format("'{}'", line.substr(0, 60)));
    if (!merges.emplace(pair_key(first->second, second->second), next).second) refuse("a pair for the second time");
    symbols.emplace(line.substr(0, space) + line.substr(space + 1), next++);
  }
  return merges;
}

/// Lengths of a contraction such as 's or 're at the front, 0 when there is none.
std::size_t contraction(std::u32string_view text) {
  constexpr std::array<std::u32string_view, 7> kContractions = {U"'s", U"'t", U"'re", U"'ve", U"'m", U"'ll", U"'d"};
  for (const std::u32string_view known : kContractions) {
    if (text.starts_with(known)) return known.size();
  }
  return 0;
}

template <typename Belongs>
std::size_t run_length(std::u32string_view text, Belongs belongs) {
  std::size_t length = 0;
  while (length < text.size() && belongs(text[length])) ++length;
  return length;
}

/// The next word: a contraction, letters, one digit, or a run of everything else. @pre not empty, no space in front
std::size_t word_length(std::u32string_view text) {
  if (const std::size_t length = contraction(text); length > 0) return length;
  if (const std::size_t length = run_length(text, is_letter); length > 0) return length;
  if (is_number(text.front())) return 1;
  return run_length(text, [](char32_t c) { return !is_letter(c) && !is_number(c) && !is_blank(c); });
}

}  // namespace

std::string clip_text(std::string_view text) {
  const std::u32string repaired = repaired_text(code_points(text));
  const std::u32string lower = lower_case(unescape_html(unescape_html(repaired)));
  std::string clean;
  bool pending_space = false;
  for (const char32_t code : lower) {
    if (is_blank(code)) {
      pending_space = !clean.empty();
      continue;
    }
    if (pending_space) clean += ' ';
    pending_space = false;
    append_utf8(clean, code);
  }
  return clean;
}

struct ClipBpe::Impl {
  ByteIds bytes;
  Merges merges;

  /// Joins the pair that was learned first, everywhere, until no known pair is left.
  void append_word(std::u32string_view word, std::vector<std::int64_t>& ids) const {
    std::string utf8;
    for (const char32_t code : word) append_utf8(utf8, code);
    std::vector<std::int64_t> parts;
    for (const char byte : utf8) parts.push_back(bytes.id[static_cast<unsigned char>(byte)]);
    parts.back() += kWordEnd;
    while (const std::int64_t made = earliest_merge(parts)) join(parts, made);
    ids.insert(ids.end(), parts.begin(), parts.end());
  }

 private:
  std::int64_t merge_at(const std::vector<std::int64_t>& parts, std::size_t i) const {
    const auto found = merges.find(pair_key(parts[i], parts[i + 1]));
    return found == merges.end() ? 0 : found->second;
  }

  /// 0 when no two neighbours join.
  std::int64_t earliest_merge(const std::vector<std::int64_t>& parts) const {
    std::int64_t earliest = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      if (const std::int64_t made = merge_at(parts, i); made != 0) earliest = std::min(earliest, made);
    }
    return earliest == std::numeric_limits<std::int64_t>::max() ? 0 : earliest;
  }

  void join(std::vector<std::int64_t>& parts, std::int64_t made) const {
    std::vector<std::int64_t> joined;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool pair = i + 1 < parts.size() && merge_at(parts, i) == made;
      joined.push_back(pair ? made : parts[i]);
      if (pair) ++i;
    }
    parts = std::move(joined);
  }
};

ClipBpe::ClipBpe(const std::filesystem::path& merges) {
  ByteIds bytes = make_byte_ids();
  Merges read = read_merges(merges, bytes.symbols);
  impl_ = std::make_unique<Impl>(Impl{std::move(bytes), std::move(read)});
}

ClipBpe::~ClipBpe() = default;
ClipBpe::ClipBpe(ClipBpe&&) noexcept = default;

std::vector<std::int64_t> ClipBpe::encode(std::string_view text) const {
  static const std::u32string kStart(kStartText.begin(), kStartText.end());
  static const std::u32string kEnd(kEndText.begin(), kEndText.end());
  const std::u32string clean = code_points(clip_text(text));
  std::vector<std::int64_t> ids = {kClipStart};
  for (std::u32string_view rest = clean; !rest.empty() && ids.size() < kClipContext;) {
    if (is_blank(rest.front())) {
      rest.remove_prefix(1);
      continue;
    }
    const bool start = rest.starts_with(kStart), end = rest.starts_with(kEnd);
    const std::size_t length = start ? kStart.size() : end ? kEnd.size() : word_length(rest);
    if (start || end)
      ids.push_back(start ? kClipStart : kClipEnd);
    else
      impl_->append_word(rest.substr(0, length), ids);
    rest.remove_prefix(length);
  }
  if (ids.size() >= kClipContext) ids.resize(kClipContext - 1);
  ids.push_back(kClipEnd);
  return ids;
}

}  // namespace purlscope::core
