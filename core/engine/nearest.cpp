#include "core/engine/nearest.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/text/label_key.h"

namespace purlscope::core {
namespace {

// Of the mixtures tried on tests/models/text/nearest_labels.tsv the best at telling paraphrases from other actions.
constexpr float kLabelShare = 0.6F, kGlobalShare = 0.4F;
constexpr std::size_t kSentencesRead = 64;

/// Rows of unit-norm features.
class Rows {
 public:
  explicit Rows(NdArray features) : features_(std::move(features)) {}
  float cosine(std::size_t a, std::size_t b) const {
    const std::size_t dim = features_.shape[1];
    const float* const first = features_.data.data() + a * dim;
    return std::inner_product(first, first + dim, features_.data.data() + b * dim, 0.0F);
  }

 private:
  NdArray features_;  // [N, dim]
};

Rows encode(const std::vector<std::string>& texts, Engine& engine) {
  NdArray features = engine.encode(texts);
  if (features.shape.size() != 2 || features.shape[0] != texts.size()) {
    throw Error(Code::internal, fmt::format("the text encoder gave no row for each of {} texts", texts.size()));
  }
  return Rows(std::move(features));
}

}  // namespace

Neighbour nearest_in_bank(std::string_view text, const DescriptionBank& bank, Engine& engine) {
  const std::vector<std::string> labels = bank.labels();
  if (labels.empty()) throw Error(Code::not_found, "the bank of descriptions is empty");
  std::vector<std::string> texts = {folded_text(text)};
  texts.insert(texts.end(), labels.begin(), labels.end());
  const Rows names = encode(texts, engine);

  // Sentences take much longer to encode than names: only those of the likeliest labels are read.
  std::vector<std::size_t> order(labels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto likelier = [&](std::size_t a, std::size_t b) { return names.cosine(0, 1 + a) > names.cosine(0, 1 + b); };
  const std::size_t read = std::min(kSentencesRead, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(read), order.end(), likelier);
  order.resize(read);
  texts.resize(1);
  for (const std::size_t i : order) texts.push_back(bank.find(labels[i])->sentences[kSentenceCount - 1].text);
  const Rows sentences = encode(texts, engine);

  Neighbour nearest{{}, -1.0F};
  for (std::size_t k = 0; k < order.size(); ++k) {
    const float nearness = kLabelShare * names.cosine(0, 1 + order[k]) + kGlobalShare * sentences.cosine(0, 1 + k);
    if (nearness > nearest.nearness) nearest = {labels[order[k]], nearness};
  }
  return nearest;
}

std::optional<float> nearest_threshold(std::string_view text_encoder) {
  if (text_encoder == "all-MiniLM-L6-v2") return 0.57F;
  return std::nullopt;
}

LabelSet with_nearest(LabelSet labels, Engine& engine) {
  if (std::none_of(labels.labels.begin(), labels.labels.end(), is_undescribed)) return labels;
  const auto threshold = nearest_threshold(engine.describe().text_encoder);
  if (!threshold) return labels;
  for (Label& label : labels.labels) {
    if (!is_undescribed(label)) continue;
    const Neighbour nearest = nearest_in_bank(label.text, DescriptionBank::bundled(), engine);
    if (nearest.nearness >= *threshold) label = describe_as(label.text, nearest.label);
  }
  return labels;
}

}  // namespace purlscope::core
