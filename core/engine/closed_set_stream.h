#pragma once

#include <cstddef>
#include <vector>

#include "core/base/ndarray.h"

namespace purlscope::core {

/// A checkpoint's own classes on a stream of one performer: one more frame costs a frame's arithmetic, not a window's.
/// Exact but for a window's edges, and late by `delay()`; see models/nets/shift_gcn_stream.h.
/// Thread: one at a time.
class ClosedSetStream {
 public:
  virtual ~ClosedSetStream() = default;
  /// @param frame  [3, J] metres, preprocessed as by ntu_preprocess() with origin and axes that stay
  /// @return       true when it completed a time step, after which logits() are new
  /// @throws Error{Code::shape_mismatch}
  virtual bool push(const NdArray& frame) = 0;
  /// Scores over the last 300 frames, at the start over those that came. @throws Error{Code::bad_argument} before the
  /// first time step
  virtual std::vector<float> logits() const = 0;
  virtual std::size_t delay() const = 0;  ///< frames that a time step waits for after its own
};

}  // namespace purlscope::core
