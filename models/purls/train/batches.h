#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace purlscope::models::purls {

/// What one batch gave; both stay on the device.
struct BatchResult {
  at::Tensor loss;     ///< scalar with gradient
  at::Tensor correct;  ///< scalar, int64: samples whose class came first
};

/// How a network does on clips.
struct Measured {
  double loss = 0;
  double accuracy = 0;  ///< 0 to 1
};

/// Mean over the samples of many batches. Batches stay on their device until the mean is asked for, so that a device is
/// not waited for after every batch.
class MeanOfBatches {
 public:
  void add(const BatchResult& batch, std::int64_t samples);
  /// Of at least one batch.
  Measured value() const;

 private:
  std::vector<at::Tensor> losses_, correct_;
  std::vector<std::int64_t> samples_;
};

}  // namespace purlscope::models::purls
