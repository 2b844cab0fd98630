#include "models/baselines/data/class_texts.h"

#include <vector>

#include "models/baselines/data/words.h"

namespace purlscope::models::baselines {

ClassTexts ClassTexts::rows(const at::Tensor& classes) const {
  return {label.index_select(0, classes), verb.index_select(0, classes), noun.index_select(0, classes)};
}

ClassTexts encode_classes(std::span<const std::string> labels, TextEncoder& encoder) {
  const PartsOfSpeech& parts = PartsOfSpeech::bundled();
  std::vector<std::string> verbs, nouns;
  for (const std::string& label : labels) {
    const LabelWords words = parts.split(label);
    verbs.push_back(words.verb.empty() ? label : words.verb);
    nouns.push_back(words.noun.empty() ? label : words.noun);
  }
  // Copies made outside inference mode, so that gradients may be taken past them.
  const c10::InferenceMode normal_tensors(false);
  return {encoder.encode(labels).clone(), encoder.encode(verbs).clone(), encoder.encode(nouns).clone()};
}

at::Tensor number_rows(const at::Tensor& rows) {
  std::vector<std::int64_t> numbers, firsts;
  for (std::int64_t row = 0; row < rows.size(0); ++row) {
    std::size_t number = 0;
    while (number < firsts.size() && !at::equal(rows[firsts[number]], rows[row])) ++number;
    if (number == firsts.size()) firsts.push_back(row);
    numbers.push_back(static_cast<std::int64_t>(number));
  }
  return at::tensor(numbers, at::kLong);
}

}  // namespace purlscope::models::baselines
