#pragma once

#include <cuda_runtime.h>

#include "models/cuda/kernels/arguments.h"
#include "models/cuda/kernels/shift.cuh"

namespace purlscope::models::cuda {

inline constexpr int kPointThreads = 256;
inline constexpr int kCoordinates = 3, kPersons = 2;
inline constexpr int kWidest = 1024;  ///< channels that classify() can hold

__device__ inline int own_point() { return static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x); }

/// Grid: x = positions, y = channels, z = slots.
__global__ void finish(FinishArguments a) {
  const int positions = a.frames * a.joints, outputs = positions / a.stride, own = own_point();
  if (own >= outputs) return;
  const int channel = static_cast<int>(blockIdx.y);
  const long long row = static_cast<long long>(blockIdx.z) * a.channels + channel;
  const int from = own / a.joints * a.stride * a.joints + own % a.joints;
  const float* const x = a.x + static_cast<long long>(blockIdx.z) * a.channels * positions;
  const Shifted shifted{x, a.first, a.share, positions, a.joints, from};
  const long long place = row * outputs + own;
  const float around = a.residual == nullptr ? 0.0F : a.residual[place];
  a.out[place] = rectified(a.scale[channel] * shifted(channel) + a.offset[channel] + around);
}

/// Grid: x = positions, y = coordinates, z = slots.
__global__ void normalise(NormaliseArguments a) {
  const int positions = a.frames * a.joints, own = own_point();
  if (own >= positions) return;
  const int coordinate = static_cast<int>(blockIdx.y), slot = static_cast<int>(blockIdx.z);
  const int by = (a.person[slot] * a.joints + own % a.joints) * kCoordinates + coordinate;
  const long long place = (static_cast<long long>(slot) * kCoordinates + coordinate) * positions + own;
  a.out[place] = a.scale[by] * a.x[place] + a.offset[by];
}

/// Sum of a value of each thread; every thread gets it. @param shared  room for kPointThreads
__device__ inline float sum_of_block(float value, float* shared) {
  const int thread = static_cast<int>(threadIdx.x);
  shared[thread] = value;
  __syncthreads();
  for (int half = kPointThreads / 2; half > 0; half /= 2) {
    if (thread < half) shared[thread] += shared[thread + half];
    __syncthreads();
  }
  return shared[0];
}

/// Grid: x = channels, y = slots.
__global__ void pool(PoolArguments a) {
  __shared__ float shared[kPointThreads];
  const int row = static_cast<int>(blockIdx.y) * a.channels + static_cast<int>(blockIdx.x);
  const float* const x = a.x + static_cast<long long>(row) * a.positions;
  float sum = 0;
  for (int i = static_cast<int>(threadIdx.x); i < a.positions; i += kPointThreads) sum += x[i];
  sum = sum_of_block(sum, shared);
  if (threadIdx.x == 0) a.out[row] = sum / static_cast<float>(a.positions);
}

/// Mean over the two person slots of a sample, of value `place` of `size`.
__device__ inline float mean_of_persons(const Persons& from, int sample, long long size, long long place) {
  float sum = 0;
  for (int person = 0; person < kPersons; ++person) {
    const int slot = from.slot[sample * kPersons + person];
    sum += slot < 0 ? from.empty[person * size + place] : from.features[slot * size + place];
  }
  return sum / kPersons;
}

/// Grid: x = samples.
__global__ void classify(ClassifyArguments a) {
  __shared__ float features[kWidest];
  const int sample = static_cast<int>(blockIdx.x), thread = static_cast<int>(threadIdx.x);
  for (int c = thread; c < a.channels; c += kPointThreads) {
    features[c] = mean_of_persons(a.pooled, sample, a.channels, c);
  }
  __syncthreads();
  for (int k = thread; k < a.classes; k += kPointThreads) {
    float sum = a.bias[k];
    for (int c = 0; c < a.channels; ++c) sum += a.weight[c * a.classes + k] * features[c];
    a.out[sample * a.classes + k] = sum;
  }
}

/// Grid: x = values of a sample, y = samples.
__global__ void blend(BlendArguments a) {
  const int own = own_point(), sample = static_cast<int>(blockIdx.y);
  if (own < a.size)
    a.out[static_cast<long long>(sample) * a.size + own] = mean_of_persons(a.planes, sample, a.size, own);
}

}  // namespace purlscope::models::cuda
