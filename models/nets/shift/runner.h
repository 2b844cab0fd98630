#pragma once

#include <ATen/core/Tensor.h>

#include <string>

namespace purlscope::models::shift {

/// What the network says of a batch; on the processor.
struct Answer {
  at::Tensor logits;    ///< [B, K]
  at::Tensor features;  ///< [B, 256, T / 4, J] mean over both person slots; undefined when not asked for
};

/// A runner that is of no more use: whoever has it goes on with another.
struct Unusable {
  std::string reason;  ///< a clause
};

/// A way to run Shift-GCN. Thread: any.
class Runner {
 public:
  virtual ~Runner() = default;
  virtual std::string device() const = 0;  ///< in words: "NVIDIA H200 (cuda:0)"
  /// @param batch [B, 3, T, J, 2], float, contiguous, on the processor
  /// @throws Unusable; Error{Code::limit} when the device's memory is too small
  virtual Answer run(const at::Tensor& batch, bool with_features) = 0;
};

}  // namespace purlscope::models::shift
