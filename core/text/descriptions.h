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

/// Trims, collapses white space and drops control characters of a typed label.
/// @throws Error{Code::bad_argument} for an empty text, invalid UTF-8, or one longer than kMaxLabelBytes.
std::string clean_label(std::string_view text);

/// A table of labels with eight sentences each: header row `label head hands torso legs start middle end global`,
/// tab separated, UTF-8.
/// @throws Error{Code::not_found, Code::bad_format} with file, line, found and expected.
std::vector<Label> read_description_table(const std::filesystem::path& file, Origin origin = Origin::file);

/// The bundled bank (`resources/descriptions/bank.tsv`), looked up by normalised label text (case, articles,
/// punctuation and simple plurals do not matter).
class DescriptionBank {
 public:
  static const DescriptionBank& bundled();
  explicit DescriptionBank(std::vector<Label> labels);
  std::optional<Label> find(std::string_view label) const;
  std::vector<std::string> labels() const;

 private:
  std::vector<Label> labels_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

/// Sentences for a label nobody knows, made from its words alone.
Label template_label(std::string_view label);

/// Bank entry if there is one, else the template. The label text is cleaned and kept as typed.
/// @throws Error{Code::bad_argument} as clean_label
Label describe_label(std::string_view label);

/// A label set from typed texts. @throws Error{Code::bad_argument} for empty or duplicate labels, naming them.
LabelSet make_label_set(const std::vector<std::string>& texts);

/// A label set from a file: one label a line, or a description table (header row). Errors as above.
LabelSet read_label_file(const std::filesystem::path& file);

}  // namespace purlscope::core
