#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace purlscope::core {

/// Tokens of the longest text that CLIP reads, start and end included; longer texts are cut.
inline constexpr std::size_t kClipContext = 77;

/// Ids of CLIP's vocabulary: 256 bytes, 256 bytes at the end of a word, the merges, start and end.
inline constexpr std::int64_t kClipStart = 49406;
inline constexpr std::int64_t kClipEnd = 49407;
inline constexpr std::size_t kClipMerges = 48894;

/// A text as CLIP's tokenizer reads it: repaired, character references replaced twice, white space collapsed, lower
/// case. Bytes that are not UTF-8 become U+FFFD.
std::string clip_text(std::string_view text);

/// CLIP's byte-level byte-pair encoder. Source: Radford et al., "Learning Transferable Visual Models From Natural
/// Language Supervision", 2021, section 2.4; Sennrich et al. 2016; behaviour checked against the reference's ids.
/// Thread: any; immutable after construction.
class ClipBpe {
 public:
  /// @param merges  the unpacked list of merges: a first line with its version, then two symbols a line, in the order
  /// of
  ///        their ranks; what follows the first kClipMerges is not read
  /// @throws Error{Code::not_found} with the remedy, Error{Code::bad_format} with file and line
  explicit ClipBpe(const std::filesystem::path& merges);
  ~ClipBpe();
  ClipBpe(ClipBpe&&) noexcept;

  /// Ids with start and end, at most kClipContext of them: of a longer text the first, the last replaced by the end.
  /// The reference fills up with zeros; its attention never looks at them.
  std::vector<std::int64_t> encode(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace purlscope::core
