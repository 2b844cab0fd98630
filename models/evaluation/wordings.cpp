#include "models/evaluation/wordings.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace purlscope::models {

void refuse_paraphrases(std::string_view method, bool asked_for) {
  if (!asked_for) return;
  throw Error(Code::bad_argument,
              fmt::format("method {} takes one wording of each sentence, found several: leave --paraphrases out, or "
                          "take method structured",
                          method));
}

}  // namespace purlscope::models
