#include "core/report/attention_arrays.h"

#include <algorithm>

namespace purlscope::core {
namespace {

NdArray slot_centres(const std::vector<TimeSpan>& spans) {
  NdArray centres({spans.size()});
  std::ranges::transform(spans, centres.data.begin(),
                         [](const TimeSpan& span) { return static_cast<float>((span.begin + span.end) / 2); });
  return centres;
}

NdArray slot_spans(const std::vector<TimeSpan>& spans) {
  NdArray array({spans.size(), 2});
  for (std::size_t slot = 0; slot < spans.size(); ++slot) {
    array.data[2 * slot] = static_cast<float>(spans[slot].begin);
    array.data[2 * slot + 1] = static_cast<float>(spans[slot].end);
  }
  return array;
}

}  // namespace

std::map<std::string, NpzValue> attention_arrays(const Recognition& recognition, std::size_t label) {
  const LabelAttention& attention = recognition.attention.at(label);
  NdArray score({1});
  score.data[0] = recognition.labels[label].score;
  score.shape.clear();
  return {{"attention", attention.attention},
          {"contribution", attention.contribution},
          {"sentences", std::vector<std::string>(kSentences.begin(), kSentences.end())},
          {"joints", recognition.layout->joints},
          {"times", slot_centres(recognition.spans)},
          {"spans", slot_spans(recognition.spans)},
          {"score", std::move(score)}};
}

}  // namespace purlscope::core
