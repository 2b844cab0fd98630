#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/labels.h"

namespace purlscope::core {

/// What a language model is asked about an action, and which sentences its answer gives.
struct Question {
  std::string text;
  std::vector<std::size_t> sentences;  ///< indices in kSentences, in the order of the answer's lines
};

/// The three questions of PURLS (Tables 1 and 2) about an action, each with the form in which to answer.
std::vector<Question> questions_about(std::string_view label);

/// Takes the sentences out of an answer: one line `name: sentence` for each, in any order, blank lines aside.
/// @throws Error{Code::bad_format} with the line found and the form expected: another line, a name twice or missing, an
///         empty or an overlong sentence, bytes that are not UTF-8
void take_answer(const Question& question, std::string_view answer, Label& label);

}  // namespace purlscope::core
