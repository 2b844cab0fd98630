#include "models/purls/data/texts.h"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace purlscope::models::purls {
namespace {

constexpr std::size_t kBodyParts = 4, kPhases = 3;

std::string wrap(std::size_t level, const std::string& sentence) {
  if (level < kBodyParts) {
    return fmt::format("A cropped video of people's {} motions that {}", core::kSentences[level], sentence);
  }
  if (level < kBodyParts + kPhases) return fmt::format("A trimmed video of the motion that {}", sentence);
  return fmt::format("A video of people's motion that {}", sentence);
}

}  // namespace

at::Tensor sentence_features(std::span<const core::Label> labels, Wording wording, GlobalText global,
                             TextEncoder& encoder) {
  std::vector<std::string> texts;
  for (const core::Label& label : labels) {
    for (std::size_t level = 0; level < core::kSentenceCount; ++level) {
      const bool name = global == GlobalText::label && level + 1 == core::kSentenceCount;
      const std::string& sentence = name ? label.text : label.sentences[level].text;
      texts.push_back(wording == Wording::wrapped ? wrap(level, sentence) : sentence);
    }
  }
  // A copy made outside inference mode, so that gradients may be taken past it.
  const c10::InferenceMode normal_tensors(false);
  const at::Tensor features = encoder.encode(texts).clone();
  return features.view({static_cast<std::int64_t>(labels.size()), static_cast<std::int64_t>(core::kSentenceCount), -1});
}

at::Tensor centre_texts(const at::Tensor& texts, const at::Tensor& mean) {
  const at::Tensor centred = texts - mean;
  return centred / centred.norm(2, -1, true).clamp_min(1e-9);
}

}  // namespace purlscope::models::purls
