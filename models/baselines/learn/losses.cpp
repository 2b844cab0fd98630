#include "models/baselines/learn/losses.h"

#include <torch/csrc/autograd/custom_function.h>

namespace purlscope::models::baselines {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor times_rows(const at::Tensor& factors, const at::Tensor& rows) { return factors.unsqueeze(1) * rows; }

/// Mean of the kernel exp(-k |x - y|^2) over all pairs, weighted by the shares of their rows. Its derivative is written
/// out: autograd would keep and walk through eight [N, M] steps of it.
class MeanKernel : public torch::autograd::Function<MeanKernel> {
 public:
  /// @param within  y is x, and the whole derivative goes to x
  static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& x_share,
                            const at::Tensor& y, const at::Tensor& y_share, double k, bool within) {
    constexpr double kLeastExponent = -70;  // exp of less is no normal number, or none with a share, and takes long
    const at::Tensor squared = at::addmm(y.square().sum(1).unsqueeze(0), x, y.t(), 1, -2).add_(x.square().sum(1, true));
    const at::Tensor kernel = squared.mul_(-k).clamp_(kLeastExponent, 0).exp_();
    context->save_for_backward({x, x_share, y, y_share, kernel});
    context->saved_data["k"] = k;
    context->saved_data["within"] = within;
    return at::dot(x_share, at::mv(kernel, y_share));
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const at::Tensor scale = -2 * context->saved_data["k"].toDouble() * gradients[0];
    const at::Tensor by_x = scale * half(saved[0], saved[1], saved[2], saved[3], saved[4]);
    if (context->saved_data["within"].toBool()) return {2 * by_x, {}, {}, {}, {}, {}};
    return {by_x, {}, scale * half(saved[2], saved[3], saved[0], saved[1], saved[4].t()), {}, {}, {}};
  }

 private:
  /// Row by row the sum of kernel times (x - y), weighted by both shares.
  static at::Tensor half(const at::Tensor& x, const at::Tensor& x_share, const at::Tensor& y, const at::Tensor& y_share,
                         const at::Tensor& kernel) {
    const at::Tensor pulls = times_rows(at::mv(kernel, y_share), x) - at::matmul(kernel, times_rows(y_share, y));
    return times_rows(x_share, pulls);
  }
};

at::Tensor mean_kernel(const WeightedRows& x, const WeightedRows& y, double k) {
  return MeanKernel::apply(x.rows, x.share, y.rows, y.share, k, /*within=*/false);
}

at::Tensor mean_kernel_within(const WeightedRows& x, double k) {
  return MeanKernel::apply(x.rows, x.share, x.rows.detach(), x.share, k, /*within=*/true);
}

WeightedRows alike(const at::Tensor& rows) {
  return {rows, at::full({rows.size(0)}, 1.0 / static_cast<double>(rows.size(0)), rows.options().requires_grad(false))};
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

at::Tensor maximum_mean_discrepancy(const WeightedRows& x, const WeightedRows& y, double k) {
  return mean_kernel_within(x, k) + mean_kernel_within(y, k) - 2 * mean_kernel(x, y, k);
}

at::Tensor maximum_mean_discrepancy(const at::Tensor& x, const at::Tensor& y, double k) {
  return maximum_mean_discrepancy(alike(x), alike(y), k);
}

}  // namespace purlscope::models::baselines
