#include "models/purls/net/losses.h"

#include <vector>

namespace purlscope::models::purls {
namespace {

at::Tensor cross_entropy(const at::Tensor& logits, const at::Tensor& target, double label_smoothing = 0) {
  return at::cross_entropy_loss(logits, target, {}, at::Reduction::Mean, -100, label_smoothing);
}

at::Tensor level_scale(const at::Tensor& scale, std::int64_t level) {
  return scale.size(0) == 1 ? scale[0] : scale[level];
}

}  // namespace

at::Tensor candidate_loss(const at::Tensor& similarity, const at::Tensor& target, const at::Tensor& weights,
                          const at::Tensor& shares, double label_smoothing) {
  at::Tensor loss = cross_entropy(at::matmul(similarity, shares), target, label_smoothing);
  for (std::int64_t level = 0; level < similarity.size(-1); ++level) {
    loss = loss + weights[level] * cross_entropy(similarity.select(-1, level), target, label_smoothing);
  }
  return loss;
}

at::Tensor paper_level_losses(const at::Tensor& projected, const at::Tensor& classes, const at::Tensor& target,
                              const at::Tensor& scale, bool same_class_positive) {
  const std::int64_t count = projected.size(0);
  const at::Tensor same = same_class_positive ? target.unsqueeze(0).eq(target.unsqueeze(1)).to(at::kFloat)
                                              : at::eye(count, projected.options());
  const at::Tensor positive = same / same.sum(1, true);
  std::vector<at::Tensor> losses;
  for (std::int64_t level = 0; level < projected.size(1); ++level) {
    const at::Tensor texts = classes.select(1, level);
    const at::Tensor logits = at::matmul(projected.select(1, level), texts.t()) * level_scale(scale, level);
    const at::Tensor over_batch = logits.index_select(1, target).t().log_softmax(1);  // row: a text, columns: samples
    losses.push_back(0.5 * cross_entropy(logits, target) - 0.5 * (positive * over_batch).sum(1).mean());
  }
  return at::stack(losses);
}

at::Tensor official_level_losses(const at::Tensor& projected, const at::Tensor& own_texts, const at::Tensor& scale) {
  const at::Tensor self = at::arange(projected.size(0), projected.options().dtype(at::kLong));
  std::vector<at::Tensor> losses;
  for (std::int64_t level = 0; level < projected.size(1); ++level) {
    const at::Tensor texts = own_texts.select(1, level);
    const at::Tensor logits = at::matmul(projected.select(1, level), texts.t()) * level_scale(scale, level);
    losses.push_back(cross_entropy(logits, self) + cross_entropy(logits.t(), self));
  }
  return at::stack(losses);
}

}  // namespace purlscope::models::purls
