#include "core/endpoint/questions.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/base/utf8.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kMaxSentenceBytes = 400;
constexpr std::size_t kShownBytes = 60;

std::string form_of(const std::vector<std::size_t>& sentences) {
  std::string form;
  for (const std::size_t sentence : sentences) {
    form += fmt::format("{}{}: ...", form.empty() ? "" : "\n", kSentences[sentence]);
  }
  return form;
}

Question make_question(const std::string& text, std::vector<std::size_t> sentences) {
  std::string asked = fmt::format("{}\nAnswer in plain text with exactly {} line{} of this form and nothing else:\n{}",
                                  text, sentences.size(), sentences.size() == 1 ? "" : "s", form_of(sentences));
  return {std::move(asked), std::move(sentences)};
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

std::vector<Question> questions_about(std::string_view label) {
  return {make_question(fmt::format("Describe in very short how each body part moves for {}.", label), {0, 1, 2, 3}),
          make_question(fmt::format("Separate the motion of {} into three phases.", label), {4, 5, 6}),
          make_question(fmt::format("Describe in very short how a person does {}.", label), {7})};
}

void take_answer(const Question& question, std::string_view answer, Label& label) {
  const auto refuse = [&](std::string_view found) {
    std::string form = form_of(question.sentences);
    std::replace(form.begin(), form.end(), '\n', ' ');
    throw Error(Code::bad_format, fmt::format("the model's answer: found {}; expected the lines {} - try again or "
                                              "another model",
                                              found, form));
  };
  if (first_invalid_byte(answer)) refuse("bytes that are not UTF-8");
  std::vector<std::size_t> missing = question.sentences;
  while (!answer.empty()) {
    const std::size_t end = std::min(answer.find('\n'), answer.size());
    const std::string_view line = trimmed(answer.substr(0, end));
    answer.remove_prefix(std::min(end + 1, answer.size()));
    if (line.empty()) continue;
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string name = lower_ascii(std::string(trimmed(line.substr(0, colon))));
    const auto found =
        std::find_if(missing.begin(), missing.end(), [&](std::size_t s) { return kSentences[s] == name; });
    if (colon == line.size() || found == missing.end()) refuse(fmt::format("\"{}\"", line.substr(0, kShownBytes)));
    const std::string_view sentence = trimmed(line.substr(colon + 1));
    if (sentence.empty() || sentence.find('\t') != std::string_view::npos)
      refuse(fmt::format("no sentence for {}", name));
    if (sentence.size() > kMaxSentenceBytes) refuse(fmt::format("{} bytes for {}", sentence.size(), name));
    label.sentences[*found] = {std::string(sentence), Origin::endpoint};
    missing.erase(found);
  }
  if (!missing.empty()) refuse(fmt::format("nothing for {}", kSentences[missing.front()]));
}

}  // namespace purlscope::core
