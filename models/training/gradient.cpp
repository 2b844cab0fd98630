#include "models/training/gradient.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

namespace purlscope::models {

void clip_gradients(const std::vector<at::Tensor>& parameters, double most) {
  constexpr double kTiny = 1e-6;  // keeps the factor finite where all gradients are zero
  const at::NoGradGuard no_grad;
  std::vector<at::Tensor> gradients, norms;
  for (const at::Tensor& parameter : parameters) {
    if (!parameter.grad().defined()) continue;
    gradients.push_back(parameter.grad());
    norms.push_back(gradients.back().norm(2.0));
  }
  if (gradients.empty()) return;
  const at::Tensor norm = norms.size() == 1 ? norms.front() : at::stack(norms).norm(2.0);
  const at::Tensor factor = (most / (norm + kTiny)).clamp_max(1.0);
  for (at::Tensor& gradient : gradients) gradient.mul_(factor);
}

}  // namespace purlscope::models
