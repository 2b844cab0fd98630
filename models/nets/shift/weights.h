#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/safetensors.h"
#include "models/nets/batch_norm.h"
#include "models/nets/tiles/factor.h"

namespace purlscope::models::shift {

inline constexpr const char* kArchitecture = "shift-gcn";
inline constexpr std::int64_t kCoordinates = 3;
inline constexpr std::int64_t kPersons = 2;
inline constexpr std::int64_t kTimeStride = 4;  ///< of all units together

/// A learned shift in time, one a channel, by linear interpolation between two neighbouring frames; frames outside
/// count as zero.
struct TemporalShift {
  std::vector<std::int64_t> first;  ///< [C] offset of the earlier frame
  std::vector<float> weight;        ///< [C] weight of the later frame, 0 to 1

  /// @param positions [C] shift in frames; finite and far within the range of a float's whole numbers (2^24)
  static TemporalShift from(const at::Tensor& positions);

  std::int64_t ahead() const;   ///< frames after its own that an output needs, at least 0
  std::int64_t behind() const;  ///< frames before its own that an output needs, at least 0
};

/// A 1 x 1 convolution whose batch norm is folded in.
struct Mixer {
  at::Tensor weight;  ///< [D, C]
  at::Tensor offset;  ///< [D]
};

/// The maps of a unit as the processor's matrix unit reads them. Empty where it has none or a map is too small for it.
struct UnitTiles {
  tiles::Factor linear, down, temporal, skip;
};

/// One unit: a shift over joints around a linear map, then a learned shift in time around a second one. Batch norms are
/// folded into their neighbours. All tensors are float32, contiguous, on the processor.
///
/// With x the input, [c, t, j] everywhere:
///   s = a * relu(norm * rotate_out(linear * (mask * rotate_in(x))) + (down x, or x)) + b          (a, b = before)
///   h = relu(temporal * shift(s, time_in) + temporal_bias)
///   y = relu(after * shift(h, time_out) + (skip x, x, or nothing)), every `stride`-th frame
struct UnitWeights {
  std::int64_t in = 0;      ///< C
  std::int64_t out = 0;     ///< D
  std::int64_t stride = 1;  ///< 1 or 2
  bool residual = true;     ///< the first unit has none
  at::Tensor mask;          ///< [C, J]
  at::Tensor linear;        ///< [D, C]
  Affine norm;              ///< [D, J] with the biases of linear and down
  Mixer down;               ///< empty when the width stays
  Affine before;            ///< [D]
  TemporalShift time_in;
  at::Tensor temporal;       ///< [D, D]
  at::Tensor temporal_bias;  ///< [D]
  TemporalShift time_out;
  Affine after;  ///< [D] with the bias of skip
  Mixer skip;    ///< empty for an identity or no residual
  UnitTiles tiles;
};

/// Shift-GCN as inference needs it.
struct Weights {
  std::int64_t joints = 0;
  Affine input_norm;  ///< [2, J, 3] of each person slot
  std::vector<UnitWeights> units;
  at::Tensor classifier;           ///< [K, 256]
  at::Tensor classifier_bias;      ///< [K]
  std::vector<std::string> names;  ///< of the K classes; empty when the file has none

  /// @throws Error{Code::not_found, Code::bad_format, Code::shape_mismatch, Code::unsupported} naming file and tensor
  static Weights load(const core::SafeTensors& file);
};

}  // namespace purlscope::models::shift
