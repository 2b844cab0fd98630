#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "models/nets/shift_gcn.h"

namespace purlscope::models {

/// Shift-GCN a frame at a time, for a window that slides over a stream: each unit keeps the frames that its shifts in
/// time reach, so that one more frame costs one frame's arithmetic, not a window's.
///
/// Exact: its features are those of ShiftGcn::forward() on the whole recording, to rounding; after finish() all of
/// them. A window cut out of the recording and run by itself differs from them in its first memory() frames and its
/// last delay() ones, where it sees zeros in place of its neighbours, and so do the logits, which average over the
/// window. Late: shifts in time look ahead, so that the step of frame f is known once frame f + delay() has come. Every
/// fourth frame gives a step; which four frames share one is counted from the stream's first frame. Source of the idea:
/// Hedegaard et al., "Continual Spatio-Temporal Graph Convolutional Networks", arXiv 2203.11009. Thread: one at a time.
class ShiftGcnStream {
 public:
  /// A stream of one performer, in the first person's slot; the second one is empty.
  /// @param window  frames that the logits average over, a multiple of ShiftGcn::kTimeStride
  /// @throws Error{Code::bad_argument} for another window
  explicit ShiftGcnStream(const ShiftGcn& network, std::int64_t window = 300);
  ~ShiftGcnStream();
  ShiftGcnStream(ShiftGcnStream&&) noexcept;
  ShiftGcnStream& operator=(ShiftGcnStream&&) noexcept;

  /// @param frame  [3, J] as core::ntu_preprocess gives it, with an origin and axes that stay the same for the stream
  /// @return       the step that it completes, [256, J]: the performer's features; undefined when it completes none
  /// @throws Error{Code::shape_mismatch}; Error{Code::bad_argument} after finish()
  at::Tensor push(const at::Tensor& frame);

  /// The end of the recording. @return the steps that were waiting for frames to come
  std::vector<at::Tensor> finish();

  /// Scores of the K classes over the last steps, at most a window of them: [K]
  /// @throws Error{Code::bad_argument} before the first step
  at::Tensor logits() const;

  std::int64_t delay() const;   ///< frames after its own that a step waits for
  std::int64_t memory() const;  ///< frames before its own that a step sees

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace purlscope::models
