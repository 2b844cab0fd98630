#pragma once

#include <cuda_runtime.h>

#include "models/cuda/kernels/arguments.h"

namespace purlscope::models::cuda {

inline constexpr int kSentences = 8;
inline constexpr int kLane = 32;  ///< threads of a sentence
inline constexpr int kAttentionThreads = kSentences * kLane;
inline constexpr int kStretch = 64;  ///< channels of nodes and sentences held at a time

/// Value of the sentence's threads, brought together by `join`; every thread gets it.
/// @param shared  [8, 32]
template <typename Join>
__device__ inline float joined(float value, Join join, float* shared) {
  const int thread = static_cast<int>(threadIdx.x), lane = thread % kLane;
  shared[thread] = value;
  __syncthreads();
  for (int half = kLane / 2; half > 0; half /= 2) {
    if (lane < half) shared[thread] = join(shared[thread], shared[thread + half]);
    __syncthreads();
  }
  const float result = shared[thread - lane];
  __syncthreads();  // the room is free again
  return result;
}

struct Larger {
  __device__ float operator()(float a, float b) const { return a > b ? a : b; }
};
struct Sum {
  __device__ float operator()(float a, float b) const { return a + b; }
};

/// One block a label and sample: 32 threads for each of its eight sentences. Logits are gathered in the place of the
/// weights, which have no bound but the GPU's memory; softmax and pooling follow. Grid: x = labels, y = samples.
__global__ void __launch_bounds__(kAttentionThreads) attention(AttentionArguments a) {
  __shared__ float asked[kSentences][kStretch];
  __shared__ float seen[kLane][kStretch + 1];  // one more: a column's threads then read from different banks
  __shared__ float shared[kAttentionThreads];
  const int thread = static_cast<int>(threadIdx.x), sentence = thread / kLane, lane = thread % kLane;
  const int rows = a.labels * kSentences, row = static_cast<int>(blockIdx.x) * kSentences + sentence;
  const int sample = static_cast<int>(blockIdx.y);
  const float* const points = a.points + static_cast<long long>(sample) * a.nodes * a.width;
  float* const weights = a.weights + (static_cast<long long>(sample) * rows + row) * a.nodes;

  float largest = -INFINITY;
  for (int first = 0; first < a.nodes; first += kLane) {
    const int node = first + lane;
    float logit = a.places == nullptr || node >= a.nodes ? 0.0F : a.places[sentence * a.nodes + node];
    for (int begin = 0; begin < a.width; begin += kStretch) {
      for (int i = thread; i < kSentences * kStretch; i += kAttentionThreads) {
        const int channel = begin + i % kStretch;
        asked[i / kStretch][i % kStretch] =
            channel < a.width
                ? a.directions[(static_cast<long long>(blockIdx.x) * kSentences + i / kStretch) * a.width + channel]
                : 0.0F;
      }
      for (int i = thread; i < kLane * kStretch; i += kAttentionThreads) {
        const int channel = begin + i % kStretch, from = first + i / kStretch;
        seen[i / kStretch][i % kStretch] =
            channel < a.width && from < a.nodes ? points[static_cast<long long>(from) * a.width + channel] : 0.0F;
      }
      __syncthreads();
      for (int k = 0; k < kStretch; ++k) logit += asked[sentence][k] * seen[lane][k];
      __syncthreads();
    }
    if (node < a.nodes) {
      weights[node] = logit;
      largest = logit > largest ? logit : largest;
    }
  }
  largest = joined(largest, Larger(), shared);

  float sum = 0;
  for (int node = lane; node < a.nodes; node += kLane) {
    const float share = expf(weights[node] - largest);
    weights[node] = share;
    sum += share;
  }
  sum = joined(sum, Sum(), shared);
  for (int node = lane; node < a.nodes; node += kLane) weights[node] /= sum;
  __syncthreads();  // the sentence's other threads read them now

  float* const pooled = a.pooled + (static_cast<long long>(sample) * rows + row) * a.width;
  for (int channel = lane; channel < a.width; channel += kLane) {
    float value = 0;
    for (int node = 0; node < a.nodes; ++node) value += weights[node] * points[node * a.width + channel];
    pooled[channel] = value;
  }
}

}  // namespace purlscope::models::cuda
