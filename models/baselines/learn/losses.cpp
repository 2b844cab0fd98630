#include "models/baselines/learn/losses.h"

namespace purlscope::models::baselines {
namespace {

at::Tensor mean_kernel(const at::Tensor& x, const at::Tensor& y, double k) {
  const at::Tensor squared = x.square().sum(1, true) + y.square().sum(1).unsqueeze(0) - 2 * at::matmul(x, y.t());
  return (-k * squared.clamp_min(0)).exp().mean();
}

}  // namespace

at::Tensor hinge_over_classes(const at::Tensor& embedded, const at::Tensor& own, const at::Tensor& classes,
                              double margin) {
  const at::Tensor right = (embedded * own).sum(1, true);
  return at::relu(margin - right + at::matmul(embedded, classes.t())).sum() / embedded.size(0);
}

at::Tensor hinge_rank(const at::Tensor& embedded, const at::Tensor& classes, const at::Tensor& target, double margin) {
  return hinge_over_classes(embedded, classes.index_select(0, target), classes, margin) - margin;
}

at::Tensor maximum_mean_discrepancy(const at::Tensor& x, const at::Tensor& y, double k) {
  return mean_kernel(x, x, k) + mean_kernel(y, y, k) - 2 * mean_kernel(x, y, k);
}

}  // namespace purlscope::models::baselines
