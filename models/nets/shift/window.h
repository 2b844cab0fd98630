#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

#include "models/nets/shift/weights.h"
#include "models/nets/tiles/factor.h"

namespace purlscope::models::shift {

/// Memory for one pass over a window of a fixed length, kept from pass to pass: fresh memory costs more than the
/// arithmetic on it. Planes are [J, C, T], a joint's channels together and time inside.
class Buffers {
 public:
  Buffers(const Weights& weights, std::int64_t frames);

  std::int64_t frames() const { return frames_; }
  float* planes() { return now_.data(); }  ///< what goes into a unit, then what came out of it
  bool fit(std::int64_t frames) const;     ///< a window of that length and the threads of now

 private:
  friend class Pass;

  /// What one thread needs for one joint.
  struct Scratch {
    std::vector<float> taken;     ///< [C, T]
    std::vector<float> mixed;     ///< [D, pitch of T]
    std::vector<float> residual;  ///< [D, pitch of T / stride]
    std::vector<float> row;       ///< a row between two margins of zeros
    tiles::Factor factor;         ///< what is mapped, where the processor has a matrix unit
  };

  Scratch& scratch();  ///< of the calling thread

  std::int64_t frames_;
  std::int64_t margin_ = 0;  ///< of the scratch row; no shift of the network reaches farther
  std::vector<float> now_, next_, shifted_, down_, zeros_;
  std::vector<Scratch> scratch_;
};

/// Features of one person. Thread: any, with buffers of its own.
/// @param x       [3, T, J], T = buffers.frames(), a multiple of kTimeStride
/// @param person  whose slot it stands in
/// @return        [256, T / 4, J], joints outermost in memory
at::Tensor features(const Weights& weights, const at::Tensor& x, std::int64_t person, Buffers& buffers);

}  // namespace purlscope::models::shift
