#pragma once

#include <string_view>

namespace purlscope::models {

/// For methods that take one wording of each sentence. @throws Error{Code::bad_argument} naming the method when
/// paraphrases are asked for
void refuse_paraphrases(std::string_view method, bool asked_for);

}  // namespace purlscope::models
