#include "core/text/wordpiece.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/unicode.h"

namespace purlscope::core {
namespace {

/// Longest word that is cut into pieces, in characters; longer ones become [UNK] (BERT's reference).
constexpr std::size_t kMaxWordLength = 100;
constexpr std::array<std::string_view, 5> kSpecialTokens = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Vocabulary = std::unordered_map<std::string, std::int64_t, StringHash, std::equal_to<>>;

Vocabulary read_vocabulary(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw Error(Code::not_found, fmt::format("{}: cannot read the tokenizer's vocabulary", file.string()));
  Vocabulary vocabulary;
  std::string line;
  for (std::int64_t id = 0; std::getline(in, line); ++id) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    vocabulary.emplace(line, id);
  }
  for (const std::string_view token : kSpecialTokens) {
    if (!vocabulary.contains(token)) {
      throw Error(Code::bad_format,
                  fmt::format("{}: no {} among {} lines; expected a BERT vocabulary, one token a line", file.string(),
                              token, vocabulary.size()));
    }
  }
  return vocabulary;
}

using Words = std::vector<std::u32string>;

/// Words of a text: cleaned, folded, split at white space; punctuation and Han characters stand alone.
Words split_words(std::string_view text) {
  Words words;
  std::u32string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  std::u32string folded;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t code = next_code_point(text, position);
    if (is_dropped(code)) continue;
    if (is_space(code)) {
      finish();
      continue;
    }
    folded.clear();
    append_folded(folded, code);
    const bool han = is_han(code);
    for (const char32_t part : folded) {
      const bool alone = han || is_punctuation(part);
      if (alone) finish();
      word += part;
      if (alone) finish();
    }
  }
  finish();
  return words;
}

}  // namespace

struct WordPiece::Impl {
  Vocabulary vocabulary;
  std::size_t max_length;
  std::int64_t unknown, begin, end;

  /// Greedy longest match from the left; the whole word is unknown when a rest matches nothing.
  void append_pieces(const std::u32string& word, std::vector<std::int64_t>& ids) const {
    if (word.size() > kMaxWordLength) {
      ids.push_back(unknown);
      return;
    }
    std::string utf8;
    std::vector<std::size_t> ends;  // byte offset behind each character
    for (const char32_t code : word) {
      append_utf8(utf8, code);
      ends.push_back(utf8.size());
    }
    const std::size_t first_id = ids.size();
    std::string piece;
    for (std::size_t start = 0; start < word.size();) {
      const std::size_t from = start == 0 ? 0 : ends[start - 1];
      std::size_t stop = word.size();
      for (; stop > start; --stop) {
        piece.assign(start == 0 ? "" : "##").append(utf8, from, ends[stop - 1] - from);
        if (const auto found = vocabulary.find(piece); found != vocabulary.end()) {
          ids.push_back(found->second);
          break;
        }
      }
      if (stop == start) {
        ids.resize(first_id);
        ids.push_back(unknown);
        return;
      }
      start = stop;
    }
  }

  void append_plain(std::string_view text, std::vector<std::int64_t>& ids) const {
    for (const std::u32string& word : split_words(text)) {
      if (ids.size() >= max_length) return;
      append_pieces(word, ids);
    }
  }
};

namespace {

struct SpecialMatch {
  std::size_t position;
  std::string_view token;
};

/// The reference knows the special tokens, as written, before it looks at words.
std::optional<SpecialMatch> find_special(std::string_view text) {
  for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
    for (const std::string_view token : kSpecialTokens) {
      if (text.substr(at).starts_with(token)) return SpecialMatch{at, token};
    }
  }
  return std::nullopt;
}

}  // namespace

WordPiece::WordPiece(const std::filesystem::path& vocab_file, std::size_t max_length) {
  if (max_length < 2)
    throw Error(Code::bad_argument, "the tokenizer's maximum length must leave room for [CLS] and [SEP]");
  Vocabulary vocabulary = read_vocabulary(vocab_file);
  const auto id = [&](std::string_view token) { return vocabulary.find(token)->second; };
  const std::int64_t unknown = id("[UNK]");
  const std::int64_t begin = id("[CLS]");
  const std::int64_t end = id("[SEP]");
  impl_ = std::make_unique<Impl>(Impl{std::move(vocabulary), max_length, unknown, begin, end});
}

WordPiece::~WordPiece() = default;
WordPiece::WordPiece(WordPiece&&) noexcept = default;

std::vector<std::int64_t> WordPiece::encode(std::string_view text) const {
  std::vector<std::int64_t> ids = {impl_->begin};
  while (const auto special = find_special(text)) {
    impl_->append_plain(text.substr(0, special->position), ids);
    ids.push_back(impl_->vocabulary.find(special->token)->second);
    text.remove_prefix(special->position + special->token.size());
  }
  impl_->append_plain(text, ids);
  if (ids.size() >= impl_->max_length) ids.resize(impl_->max_length - 1);
  ids.push_back(impl_->end);
  return ids;
}

}  // namespace purlscope::core
