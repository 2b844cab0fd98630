#pragma once

#include <ATen/ATen.h>

namespace purlscope::models::purls {

/// Per-candidate loss, our default: every sample is scored against every seen class with that class's own sentences as
/// queries; cross entropy per level, weighted by alpha, plus cross entropy of the mean over the levels.
/// Attention then learns nothing that presumes the true label.
///
/// @param similarity [N, C, 8] scaled similarities @param target [N] class indices @param weights [8] alpha
/// @param shares [8] of the levels in the mean, summing to 1
/// @return scalar
at::Tensor candidate_loss(const at::Tensor& similarity, const at::Tensor& target, const at::Tensor& weights,
                          const at::Tensor& shares, double label_smoothing);

/// Eq. 3 of PURLS per level: half cross entropy over the seen classes' sentences, half contrast over the batch.
///
/// @param projected [N, 8, m], made with each sample's own sentences as queries
/// @param classes   [C, 8, m] sentences of the seen classes @param target [N]
/// @param scale     [1] or [8], factor on similarities
/// @param same_class_positive true: samples of one class are each other's positives; false: negatives, as the official
/// code
/// @return [8]
at::Tensor paper_level_losses(const at::Tensor& projected, const at::Tensor& classes, const at::Tensor& target,
                              const at::Tensor& scale, bool same_class_positive);

/// The official code's loss per level: cross entropy over rows plus over columns of the batch's similarity matrix; a
/// sample is its own only positive. Source: losses.py and model/purls.py of the official repository.
/// @param projected [N, 8, m] @param own_texts [N, 8, m] @param scale [8] @return [8]
at::Tensor official_level_losses(const at::Tensor& projected, const at::Tensor& own_texts, const at::Tensor& scale);

}  // namespace purlscope::models::purls
