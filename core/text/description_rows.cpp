#include "core/text/description_rows.h"

#include <fmt/format.h>

#include <map>

#include "core/text/descriptions.h"
#include "core/text/label_key.h"

namespace purlscope::core {

std::vector<std::string> description_columns() {
  std::vector<std::string> names = {"label"};
  names.insert(names.end(), kSentences.begin(), kSentences.end());
  return names;
}

std::vector<Label> labels_of_rows(const std::string& file, const std::vector<DescriptionRow>& rows, Origin origin,
                                  Code label_code) {
  std::vector<Label> labels;
  std::map<std::string, std::string> seen;  // folded label to the place of its first row
  for (const DescriptionRow& row : rows) {
    const auto refuse = [&](Code code, const std::string& what) {
      throw Error(code, fmt::format("{}, {}: {}", file, row.place, what));
    };
    Label label;
    try {
      label.text = clean_label(row.label);
    } catch (const Error& error) {
      refuse(label_code, error.what());
    }
    const auto [first, added] = seen.emplace(folded_text(label.text), row.place);
    if (!added) {
      refuse(label_code,
             fmt::format("duplicate label \"{}\", first on {}; remove one of them", label.text, first->second));
    }
    for (std::size_t s = 0; s < kSentenceCount; ++s) {
      if (row.sentences[s].empty()) {
        refuse(Code::bad_format,
               fmt::format("label \"{}\" has no sentence in column '{}'; write one", label.text, kSentences[s]));
      }
      label.sentences[s] = {row.sentences[s], origin};
    }
    labels.push_back(std::move(label));
  }
  return labels;
}

}  // namespace purlscope::core
