#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/labels.h"

namespace purlscope::core {

/// Longest label text that is accepted, in bytes of UTF-8.
inline constexpr std::size_t kMaxLabelBytes = 200;

/// Largest label file or description table that is read, in bytes.
inline constexpr std::size_t kMaxTableBytes = 16U << 20U;

/// Trims, collapses white space and drops control characters and changes of writing direction of a typed label.
/// Emoji and all scripts are kept.
/// @throws Error{Code::bad_argument} for an empty text, invalid UTF-8, or one longer than kMaxLabelBytes.
std::string clean_label(std::string_view text);

/// Splits a list as typed after `--labels` at commas and trims the parts. Empty parts are kept, so that
/// make_label_set can name them.
std::vector<std::string> split_labels(std::string_view list);

/// A table of labels with eight sentences each: header row `label head hands torso legs start middle end global`,
/// tab separated, UTF-8 with or without BOM, lines ending in LF or CRLF; blank lines are skipped.
/// @throws Error{Code::not_found, Code::bad_format} with file, line, found and expected: wrong header or column count,
///         empty cells, bytes that are not UTF-8, two rows with the same label, no row at all; Error{Code::limit} over
///         kMaxTableBytes.
std::vector<Label> read_description_table(const std::filesystem::path& file, Origin origin = Origin::file);

/// The bundled bank (`resources/descriptions/bank.tsv`), looked up by the label as typed (but for case and accents),
/// then by its key (case, articles, punctuation, simple plurals and "-ing" do not matter). Thread: any.
class DescriptionBank {
 public:
  /// @throws Error{Code::not_found, Code::bad_format} when the resource is missing or damaged
  static const DescriptionBank& bundled();
  /// Of several labels that share a key the first answers for it.
  explicit DescriptionBank(std::vector<Label> labels);
  std::optional<Label> find(std::string_view label) const;
  std::vector<std::string> labels() const;

 private:
  std::vector<Label> labels_;
  std::map<std::string, std::size_t, std::less<>> index_;  ///< folded texts and keys
};

/// Sentences for a label nobody knows, made from its words alone.
Label template_label(std::string_view label);

/// Bank entry if there is one, else the template. The label text is cleaned and kept as typed.
/// @throws Error{Code::bad_argument} as clean_label
Label describe_label(std::string_view label);

/// The sentences of a bank entry for a label that means the same. The label keeps its own text; `nearest` names the
/// entry. @throws Error{Code::not_found} when the bank has no such entry
Label describe_as(std::string_view label, std::string_view bank_label);

/// True when nobody has described the label: all its sentences are the template's.
bool is_undescribed(const Label& label);

/// What a label's sentences are when none is edited: those of the bank's entry that it was described as, else
/// describe_label(). @throws as describe_label
Label suggested_label(const Label& label);

/// A label set from typed texts; labels that differ in case or accents alone are duplicates, because the text encoder
/// cannot tell them apart. @throws Error{Code::bad_argument} for empty or duplicate labels, naming them.
LabelSet make_label_set(const std::vector<std::string>& texts);

/// A label set from a file: one label a line (blank lines at the end are ignored), or a description table (header row).
/// @throws Error{Code::bad_argument} for empty or duplicate labels or none at all; else as read_description_table
LabelSet read_label_file(const std::filesystem::path& file);

}  // namespace purlscope::core
