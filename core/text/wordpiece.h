#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace purlscope::core {

/// BERT's uncased WordPiece tokenizer: clean text, space out CJK, lower case, strip accents (NFD), split punctuation,
/// greedy longest match, [UNK] for words over 100 characters, truncation keeping [CLS] and [SEP].
/// Source: Devlin et al. 2018; behaviour checked against the reference tokenizer's ids.
/// Thread: any; immutable after construction.
class WordPiece {
 public:
  /// @throws Error{Code::not_found, Code::bad_format} for a vocabulary without the special tokens.
  explicit WordPiece(const std::filesystem::path& vocab_file, std::size_t max_length = 256);
  ~WordPiece();
  WordPiece(WordPiece&&) noexcept;

  /// Token ids with [CLS] and [SEP]; invalid UTF-8 bytes are treated as U+FFFD and dropped, as the reference does.
  std::vector<std::int64_t> encode(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace purlscope::core
