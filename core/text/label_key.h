#pragma once

#include <string>
#include <string_view>

namespace purlscope::core {

/// A text as the text encoder reads it: folded (lower case, no accents), white space collapsed. Two labels with the
/// same folded text cannot be told apart by any score.
std::string folded_text(std::string_view text);

/// Key under which descriptions are found: folded, without articles and punctuation, each word cut to a rough stem
/// (plural, "-ing"), so that "Waving!", "the waves" and "wave" meet.
std::string label_key(std::string_view text);

}  // namespace purlscope::core
