#include "core/formats/tables/label_wordings.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/formats/tables/label_table.h"

namespace purlscope::core {
namespace {

void add_wording(Label& label, const Label& found, Wordings wordings) {
  const bool described = label.sentences.front().origin == Origin::file;
  if (!described) {
    label.sentences = found.sentences;
  } else if (wordings == Wordings::all) {
    label.further.push_back(found.sentences);
  }
}

}  // namespace

LabelSet describe_from(LabelSet labels, const std::vector<std::filesystem::path>& tables, Wordings wordings) {
  for (const std::filesystem::path& table : tables) {
    const DescriptionBank known(read_descriptions(table));
    bool has_any = false;
    for (Label& label : labels.labels) {
      const auto found = known.find(label.text);
      if (!found) continue;
      has_any = true;
      add_wording(label, *found, wordings);
    }
    if (!has_any) {
      throw Error(Code::bad_argument,
                  fmt::format("{}: the table has none of the {} labels; name one that has, or leave it out",
                              table.string(), labels.labels.size()));
    }
  }
  const auto has_several = [](const Label& label) { return label.wordings() > 1; };
  if (wordings == Wordings::all && std::none_of(labels.labels.begin(), labels.labels.end(), has_several)) {
    throw Error(Code::bad_argument,
                "several wordings of each sentence are asked for, but no label stands in more than one table: name a "
                "further one with --texts, or leave --paraphrases out");
  }
  return labels;
}

}  // namespace purlscope::core
