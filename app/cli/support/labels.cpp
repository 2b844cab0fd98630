#include "app/cli/support/labels.h"

#include <algorithm>

#include "core/text/descriptions.h"
#include "core/text/label_key.h"

namespace purlscope::app::cli {

std::size_t find_or_add(core::LabelSet& labels, const std::string& text) {
  const std::string wanted = core::clean_label(text);
  const auto found = std::ranges::find(labels.labels, core::folded_text(wanted),
                                       [](const core::Label& label) { return core::folded_text(label.text); });
  const auto index = static_cast<std::size_t>(found - labels.labels.begin());
  if (found == labels.labels.end()) labels.labels.push_back(core::describe_label(wanted));
  return index;
}

}  // namespace purlscope::app::cli
