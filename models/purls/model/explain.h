#pragma once

#include <ATen/ATen.h>

#include "models/purls/model/model.h"

namespace purlscope::models::purls {

/// Attention and contribution of every node for every candidate.
struct Explanation {
  at::Tensor attention;     ///< [C, 8, S] as scored, each row summing to 1
  at::Tensor contribution;  ///< [C, 8, S] share in the score, by the sentence whose attention let the node in
};

/// Attention of one sample's nodes, exactly as PurlsModel::similarities uses it. @param nodes [S, n] @return [C, 8, S]
at::Tensor attention_of(const PurlsModel& model, const at::Tensor& nodes, const at::Tensor& texts);

/// Integrated gradients of each candidate's score along the straight line from the mean seen nodes to the sample's,
/// both through the pooled value and through the attention weight of a node. Quadrature with 32 steps misses well under
/// 1 %; what it misses is shared out over the nodes in proportion to their absolute contributions, for each sentence in
/// the paper's form and over all sentences in the official one. So each sentence's contributions add up to its exact
/// share of score(sample) - score(mean) (the official form: all of them to the whole), but for rounding (1e-5).
/// Source: Sundararajan et al., "Axiomatic attribution for deep networks", ICML 2017.
/// Thread: any, one at a time per model; callable within inference mode.
/// @param nodes [S, n] @param texts [C, 8, m]
Explanation explain(const PurlsModel& model, const at::Tensor& nodes, const at::Tensor& texts);

}  // namespace purlscope::models::purls
