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
/// both through the pooled value and through the attention weight of a node. Summed over nodes and sentences they give
/// score(sample) - score(mean), to the accuracy of the quadrature (well under 1 %).
/// Source: Sundararajan et al., "Axiomatic attribution for deep networks", ICML 2017.
/// Thread: any, one at a time per model; callable within inference mode.
/// @param nodes [S, n] @param texts [C, 8, m]
Explanation explain(const PurlsModel& model, const at::Tensor& nodes, const at::Tensor& texts);

}  // namespace purlscope::models::purls
