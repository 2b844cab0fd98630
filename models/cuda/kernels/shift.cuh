#pragma once

#include <cuda_runtime.h>

#include "models/cuda/kernels/arguments.h"
#include "models/cuda/kernels/product.cuh"

/// Products of Shift-GCN with everything pointwise around them. Planes are [slot, C, T, J], joints inside: a shift over
/// joints then stays within a row of J, a shift in time is an offset by rows, and threads side by side read side by
/// side. Grid: x = tiles of positions, y = tiles of channels, z = slots.
namespace purlscope::models::cuda {

__device__ inline float rectified(float value) { return value > 0.0F ? value : 0.0F; }

/// What the shift over joints brings to a position: x[c, t, (j + c) mod J] * mask[c, j].
template <typename T>
struct RotatedIn {
  const float* x;     // [C, T, J] of the slot
  const float* mask;  // [C, J]
  int positions, joints;
  int row, joint;  // of the thread's position: t * J, j; row < 0 where there is none
  int turn;        // channel mod J of the next call

  __device__ float operator()(int channel) {
    int from = joint + turn;
    if (from >= joints) from -= joints;
    turn = (turn + T::kStep) % joints;
    return row < 0 ? 0.0F : x[channel * positions + row + from] * mask[channel * joints + joint];
  }
};

/// s = a * relu(norm * rotate_out(linear * rotate_in(x)) + residual) + b. A tile holds whole frames, so that the way
/// back over the joints stays inside it, through shared memory.
template <int kHeight>
__global__ void __launch_bounds__(Tile<kHeight>::kThreads) spatial(SpatialArguments a) {
  using T = Tile<kHeight>;
  __shared__ Four shared[T::kFours];
  const int positions = a.frames * a.joints, in_tile = T::kWidth / a.joints * a.joints;
  const int first = static_cast<int>(blockIdx.x) * in_tile, first_output = static_cast<int>(blockIdx.y) * kHeight;
  const int slot = static_cast<int>(blockIdx.z), column = T::own_position();
  const bool real = column < in_tile && first + column < positions;

  T tile;
  const int joint = column % a.joints;
  RotatedIn<T> load{a.x + static_cast<long long>(slot) * a.inputs * positions,
                    a.mask,
                    positions,
                    a.joints,
                    real ? first + column - joint : -1,
                    joint,
                    T::own_row() % a.joints};
  multiply(a.weight, a.inputs, a.outputs, first_output, load, tile, shared);
  for (int r = 0; r < T::kRows; ++r) {
    for (int c = 0; c < T::kColumns; ++c) {
      const int place = (T::first_row() + r) * T::kWidth + T::position(c);
      shared[place / 4].v[place % 4] = tile.sums[r][c];
    }
  }
  __syncthreads();
  if (!real) return;

  for (int row = T::own_row(); row < kHeight && first_output + row < a.outputs; row += T::kStep) {
    const int output = first_output + row;
    int from = joint - output % a.joints;
    if (from < 0) from += a.joints;
    const int source = row * T::kWidth + column - joint + from;
    const long long place = (static_cast<long long>(slot) * a.outputs + output) * positions + first + column;
    const float value = a.norm_scale[output * a.joints + joint] * shared[source / 4].v[source % 4] +
                        a.norm_offset[output * a.joints + joint] + a.residual[place];
    a.out[place] = a.next_scale[output] * rectified(value) + a.next_offset[output];
  }
}

/// What a shift in time brings to a position; zero beyond the window's ends. A step in time is a step of J positions,
/// so a frame lies within the window where the position does.
struct Shifted {
  const float* x;  // [C, T, J] of the slot
  const int* first;
  const float* weight;
  int positions, joints;
  int position;  // of the thread; negative where there is none

  __device__ float operator()(int channel) const {
    if (position < 0) return 0.0F;
    const float* plane = x + static_cast<long long>(channel) * positions;
    const int earlier = position + first[channel] * joints, later = earlier + joints;
    const float share = weight[channel];
    const float a = earlier >= 0 && earlier < positions ? plane[earlier] : 0.0F;
    const float b = later >= 0 && later < positions ? plane[later] : 0.0F;
    return (1.0F - share) * a + share * b;
  }
};

/// h = relu(temporal * shift(s) + bias)
template <int kHeight>
__global__ void __launch_bounds__(Tile<kHeight>::kThreads) temporal(TemporalArguments a) {
  using T = Tile<kHeight>;
  __shared__ Four shared[T::kFours];
  const int positions = a.frames * a.joints, first = static_cast<int>(blockIdx.x) * T::kWidth;
  const int first_output = static_cast<int>(blockIdx.y) * kHeight, slot = static_cast<int>(blockIdx.z);
  const int own = first + T::own_position();

  T tile;
  const Shifted load{a.x + static_cast<long long>(slot) * a.channels * positions,
                     a.first,
                     a.share,
                     positions,
                     a.joints,
                     own < positions ? own : -1};
  multiply(a.weight, a.channels, a.channels, first_output, load, tile, shared);
  for (int r = 0; r < T::kRows; ++r) {
    const int output = first_output + T::first_row() + r;
    if (output >= a.channels) return;
    float* const out = a.out + (static_cast<long long>(slot) * a.channels + output) * positions;
    for (int c = 0; c < T::kColumns; ++c) {
      const int position = first + T::position(c);
      if (position < positions) out[position] = rectified(tile.sums[r][c] + a.bias[output]);
    }
  }
}

/// Every stride-th frame as it is.
struct Strided {
  const float* x;  // [C, T, J] of the slot
  int positions;
  int position;  // in the input, of the thread; negative where there is none

  __device__ float operator()(int channel) const {
    return position < 0 ? 0.0F : x[static_cast<long long>(channel) * positions + position];
  }
};

/// out = weight * x of every stride-th frame: the ways around a shift or a unit where the width changes.
template <int kHeight>
__global__ void __launch_bounds__(Tile<kHeight>::kThreads) mix(MixArguments a) {
  using T = Tile<kHeight>;
  __shared__ Four shared[T::kFours];
  const int positions = a.frames * a.joints, outputs = positions / a.stride;
  const int first = static_cast<int>(blockIdx.x) * T::kWidth, first_output = static_cast<int>(blockIdx.y) * kHeight;
  const int slot = static_cast<int>(blockIdx.z), own = first + T::own_position();

  T tile;
  const int from = own / a.joints * a.stride * a.joints + own % a.joints;
  const Strided load{a.x + static_cast<long long>(slot) * a.inputs * positions, positions, own < outputs ? from : -1};
  multiply(a.weight, a.inputs, a.outputs, first_output, load, tile, shared);
  for (int r = 0; r < T::kRows; ++r) {
    const int output = first_output + T::first_row() + r;
    if (output >= a.outputs) return;
    float* const out = a.out + (static_cast<long long>(slot) * a.outputs + output) * outputs;
    for (int c = 0; c < T::kColumns; ++c) {
      const int position = first + T::position(c);
      if (position < outputs) out[position] = tile.sums[r][c];
    }
  }
}

}  // namespace purlscope::models::cuda
