#include "core/text/labels.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/error.h"

namespace purlscope::core {

std::size_t sentence_index(std::string_view name) {
  const auto* found = std::find(kSentences.begin(), kSentences.end(), name);
  if (found == kSentences.end()) {
    throw Error(Code::bad_argument,
                fmt::format("no sentence '{}'; expected one of {}", name, fmt::join(kSentences, ", ")));
  }
  return static_cast<std::size_t>(found - kSentences.begin());
}

std::string_view to_string(Origin origin) {
  switch (origin) {
    case Origin::bank:
      return "bank";
    case Origin::nearest:
      return "nearest";
    case Origin::file:
      return "file";
    case Origin::endpoint:
      return "endpoint";
    case Origin::template_text:
      return "template";
    case Origin::edited:
      return "edited";
  }
  throw Error(Code::internal, fmt::format("unknown sentence origin {}", static_cast<int>(origin)));
}

Label Label::wording(std::size_t i) const {
  return i == 0 ? Label{text, sentences, nearest} : Label{text, further.at(i - 1), nearest};
}

std::string origin_text(const Label& label, std::size_t sentence) {
  const Origin origin = label.sentences.at(sentence).origin;
  const std::string name(to_string(origin));
  return origin == Origin::nearest && !label.nearest.empty() ? fmt::format("{}: {}", name, label.nearest) : name;
}

}  // namespace purlscope::core
