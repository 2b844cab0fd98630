#include "models/cuda/library/shift_weights.h"

#include <algorithm>
#include <string>

#include "models/cuda/library/kernels.h"

namespace purlscope::models::cuda {
namespace {

constexpr std::size_t kPersons = 2, kCoordinates = 3;

std::size_t size(int rows, int columns = 1) {
  return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
}

DeviceShift upload_shift(const TimeShift& shift, int channels) {
  return {uploaded(shift.first, size(channels)), uploaded(shift.weight, size(channels))};
}

DeviceUnit upload_unit(const ShiftUnit& unit, int joints) {
  DeviceUnit out;
  out.in = unit.in;
  out.out = unit.out;
  out.stride = unit.stride;
  out.residual = unit.residual;
  out.mask = uploaded(unit.mask, size(unit.in, joints));
  out.linear = uploaded_transposed(unit.linear, unit.out, unit.in);
  out.norm_scale = uploaded(unit.norm_scale, size(unit.out, joints));
  out.norm_offset = uploaded(unit.norm_offset, size(unit.out, joints));
  if (unit.down != nullptr) out.down = uploaded_transposed(unit.down, unit.out, unit.in);
  out.before_scale = uploaded(unit.before_scale, size(unit.out));
  out.before_offset = uploaded(unit.before_offset, size(unit.out));
  out.time_in = upload_shift(unit.time_in, unit.out);
  out.temporal = uploaded_transposed(unit.temporal, unit.out, unit.out);
  out.temporal_bias = uploaded(unit.temporal_bias, size(unit.out));
  out.time_out = upload_shift(unit.time_out, unit.out);
  out.after_scale = uploaded(unit.after_scale, size(unit.out));
  out.after_offset = uploaded(unit.after_offset, size(unit.out));
  if (unit.skip != nullptr) out.skip = uploaded_transposed(unit.skip, unit.out, unit.in);
  return out;
}

}  // namespace

DeviceWeights DeviceWeights::upload(const ShiftNetwork& network) {
  if (network.units.empty() || network.joints > kMostJoints || network.units.back().out > kMostFeatures) {
    refuse(Outcome::unusable, "no kernel for a network of " + std::to_string(network.joints) + " joints and " +
                                  std::to_string(network.units.size()) + " units");
  }
  DeviceWeights weights;
  weights.joints = network.joints;
  weights.classes = network.classes;
  weights.features = network.units.back().out;
  weights.input_scale = uploaded(network.input_scale, kPersons * kCoordinates * size(network.joints));
  weights.input_offset = uploaded(network.input_offset, kPersons * kCoordinates * size(network.joints));
  for (const ShiftUnit& unit : network.units) {
    weights.time_stride *= unit.stride;
    weights.units.push_back(upload_unit(unit, network.joints));
  }
  weights.classifier = uploaded_transposed(network.classifier, network.classes, weights.features);
  weights.classifier_bias = uploaded(network.classifier_bias, size(network.classes));
  return weights;
}

long long DeviceWeights::widest_plane(int frames) const {
  long long widest = static_cast<long long>(kCoordinates) * frames, length = frames;
  for (const DeviceUnit& unit : units) {
    widest = std::max(widest, unit.out * length);
    length /= unit.stride;
  }
  return widest;
}

}  // namespace purlscope::models::cuda
