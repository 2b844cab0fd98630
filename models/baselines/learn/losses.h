#pragma once

#include <ATen/ATen.h>

namespace purlscope::models::baselines {

/// Hinge loss of ReViSE and JPoSE: max(0, margin - <x_i, t_i> + <x_i, c_j>), summed over ALL classes j, the true one
/// among them (its term is the margin), averaged over samples.
/// @param embedded [B, d] x @param own [B, d] t, each sample's text @param classes [C, d] c; in the reference code they
/// carry no gradient, so that texts learn by `own` alone @return scalar
at::Tensor hinge_over_classes(const at::Tensor& embedded, const at::Tensor& own, const at::Tensor& classes,
                              double margin);

/// Hinge rank loss of DeViSE: as hinge_over_classes(), over the other classes alone.
/// @param target [B]
/// Source: Frome et al., "DeViSE: A Deep Visual-Semantic Embedding Model" (NeurIPS 2013), eq. 1.
at::Tensor hinge_rank(const at::Tensor& embedded, const at::Tensor& classes, const at::Tensor& target, double margin);

/// Rows with the share of each in a sample, which sum to 1: a row that comes often is worked out once.
struct WeightedRows {
  at::Tensor rows;   ///< [N, d]
  at::Tensor share;  ///< [N], without gradient
};

/// Maximum mean discrepancy with the kernel exp(-k |x - y|^2), all pairs with the sample itself among them.
/// Source: Gretton et al., JMLR 2012, eq. 5 (the biased estimate). @return scalar
at::Tensor maximum_mean_discrepancy(const WeightedRows& x, const WeightedRows& y, double k);
/// The same of rows that count alike. @param x [B, d] @param y [B, d]
at::Tensor maximum_mean_discrepancy(const at::Tensor& x, const at::Tensor& y, double k);

}  // namespace purlscope::models::baselines
