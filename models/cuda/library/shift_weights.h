#pragma once

#include <vector>

#include "models/cuda/interface.h"
#include "models/cuda/library/memory.h"

namespace purlscope::models::cuda {

struct DeviceShift {
  DeviceMemory<int> first;
  DeviceMemory<float> share;
};

/// ShiftUnit on the GPU; products as the kernels read them.
struct DeviceUnit {
  int in = 0, out = 0, stride = 1;
  bool residual = true;
  DeviceMemory<float> mask, linear, norm_scale, norm_offset, down, before_scale, before_offset;
  DeviceShift time_in;
  DeviceMemory<float> temporal, temporal_bias;
  DeviceShift time_out;
  DeviceMemory<float> after_scale, after_offset, skip;
};

/// ShiftNetwork on the GPU.
struct DeviceWeights {
  int joints = 0, classes = 0, features = 0;
  int time_stride = 1;  ///< of all units together
  DeviceMemory<float> input_scale, input_offset, classifier, classifier_bias;
  std::vector<DeviceUnit> units;

  /// @throws Failure; Outcome::unusable for shapes that the kernels do not have
  static DeviceWeights upload(const ShiftNetwork& network);
  /// Largest C * T of all planes of a slot, for a window of this length.
  long long widest_plane(int frames) const;
};

}  // namespace purlscope::models::cuda
