#include "models/purls/train/batches.h"

#include <ATen/ATen.h>

namespace purlscope::models::purls {

void MeanOfBatches::add(const BatchResult& batch, std::int64_t samples) {
  losses_.push_back(batch.loss.detach());
  correct_.push_back(batch.correct);
  samples_.push_back(samples);
}

Measured MeanOfBatches::value() const {
  const at::Tensor losses = at::stack(losses_).to(at::kCPU).to(at::kDouble);
  const auto* loss = losses.const_data_ptr<double>();
  double sum = 0, samples = 0;
  for (const std::int64_t count : samples_) {
    sum += *loss++ * static_cast<double>(count);
    samples += static_cast<double>(count);
  }
  return {sum / samples, static_cast<double>(at::stack(correct_).sum().item<std::int64_t>()) / samples};
}

}  // namespace purlscope::models::purls
