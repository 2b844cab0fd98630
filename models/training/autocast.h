#pragma once

#include <ATen/core/Tensor.h>

namespace purlscope::models {

/// While it lives, matrix products and convolutions of this thread compute in bfloat16 on a device (PyTorch's
/// autocast); weights, gradients and losses stay in single precision. Thread: the one that made it.
class Autocast {
 public:
  /// @param on false changes nothing
  Autocast(bool on, at::DeviceType device);
  ~Autocast();
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

 private:
  bool on_, was_enabled_ = false;
  at::DeviceType device_;
  at::ScalarType before_ = at::kFloat;
};

}  // namespace purlscope::models
