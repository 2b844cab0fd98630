#pragma once

#include <ATen/ATen.h>

#include "models/nets/tiles/factor.h"

namespace purlscope::models {

/// y = x W + b for rows x, without gradient: by the processor's matrix unit where there is one, else by LibTorch.
/// Thread: any; immutable.
class RowMap {
 public:
  struct Weights {
    at::Tensor weight;  ///< [in, out], W
    at::Tensor bias;    ///< [out], b
  };

  RowMap() = default;
  /// @param weights float32, on the processor
  explicit RowMap(const Weights& weights);

  /// @param x [rows, in] @return [rows, out]
  at::Tensor operator()(const at::Tensor& x) const;

 private:
  at::Tensor weight_;  // undefined where cut_ has taken its place
  at::Tensor bias_;    // [out], with cut_ rounded up to whole tiles
  tiles::Factor cut_;
};

}  // namespace purlscope::models
