#include "app/cli/support/labels.h"

#include <algorithm>

#include "core/text/descriptions.h"

namespace purlscope::app::cli {

std::size_t find_or_add(core::LabelSet& labels, const std::string& text) {
  const std::string wanted = core::clean_label(text);
  const auto found = std::ranges::find(labels.labels, wanted, &core::Label::text);
  const auto index = static_cast<std::size_t>(found - labels.labels.begin());
  if (found == labels.labels.end()) labels.labels.push_back(core::describe_label(wanted));
  return index;
}

}  // namespace purlscope::app::cli
