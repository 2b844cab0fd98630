#pragma once

#include <cuda_runtime.h>

namespace purlscope::models::cuda {

/// Four values that one access to memory brings.
struct alignas(16) Four {
  float v[4];
};

/// Shape of the tile of a product that a block of threads makes: kHeight channels by kWidth positions, kDepth channels
/// of the input at a time; 4 x 8 sums a thread.
template <int kTileHeight>
struct Tile {
  static constexpr int kHeight = kTileHeight;
  static constexpr int kWidth = 128;
  static constexpr int kDepth = 16;
  static constexpr int kRows = 4, kColumns = 8;  ///< of one thread
  static constexpr int kAcross = kWidth / kColumns;
  static constexpr int kThreads = kAcross * kHeight / kRows;
  static constexpr int kStep = kThreads / kWidth;  ///< channels apart that a thread loads of its column
  static constexpr int kLeft = kDepth * kHeight / 4, kRight = kDepth * kWidth / 4;
  static constexpr int kFours = kHeight * kWidth / 4;  ///< shared memory: a whole tile of sums also fits
  static_assert(kLeft + kRight <= kFours && kThreads % kWidth == 0);

  float sums[kRows][kColumns];

  static __device__ int first_row() { return static_cast<int>(threadIdx.x) / kAcross * kRows; }
  /// Positions of a thread: four from the tile's first half, four from its second, so that neighbours read neighbours.
  static __device__ int position(int column) {
    const int across = static_cast<int>(threadIdx.x) % kAcross;
    return column / 4 * (kWidth / 2) + across * 4 + column % 4;
  }
  /// The position whose inputs a thread loads.
  static __device__ int own_position() { return static_cast<int>(threadIdx.x) % kWidth; }
  static __device__ int own_row() { return static_cast<int>(threadIdx.x) / kWidth; }
};

/// Adds left[k, rows] x right[k, columns] of one stretch of channels to a thread's sums.
template <typename T>
__device__ inline void add_products(const Four* left, const Four* right, T& tile) {
  const int row = T::first_row() / 4, across = static_cast<int>(threadIdx.x) % T::kAcross;
#pragma unroll
  for (int k = 0; k < T::kDepth; ++k) {
    const Four weights = left[k * T::kHeight / 4 + row];
    const Four first = right[k * T::kWidth / 4 + across], second = right[k * T::kWidth / 4 + T::kWidth / 8 + across];
#pragma unroll
    for (int r = 0; r < T::kRows; ++r) {
#pragma unroll
      for (int c = 0; c < 4; ++c) {
        tile.sums[r][c] += weights.v[r] * first.v[c];
        tile.sums[r][4 + c] += weights.v[r] * second.v[c];
      }
    }
  }
}

/// sums[d, p] = sum over c of weight[c, d] * load(c), where load gives a thread the input of its own position.
/// load is called with rising c, T::kStep apart from T::own_row() on.
/// @param weight  [C, D]
/// @param shared  T::kFours of them, free for use when it returns
template <typename T, typename Load>
__device__ inline void multiply(const float* __restrict__ weight, int inputs, int outputs, int first_output, Load load,
                                T& tile, Four* shared) {
  Four* const left = shared;
  Four* const right = shared + T::kLeft;
  for (int r = 0; r < T::kRows; ++r) {
    for (int c = 0; c < T::kColumns; ++c) tile.sums[r][c] = 0.0F;
  }
  const int thread = static_cast<int>(threadIdx.x), column = T::own_position();
  for (int begin = 0; begin < inputs; begin += T::kDepth) {
    for (int i = thread; i < T::kDepth * T::kHeight; i += T::kThreads) {
      const int channel = begin + i / T::kHeight, output = first_output + i % T::kHeight;
      left[i / 4].v[i % 4] = channel < inputs && output < outputs ? weight[channel * outputs + output] : 0.0F;
    }
    for (int k = T::own_row(); k < T::kDepth; k += T::kStep) {
      right[(k * T::kWidth + column) / 4].v[column % 4] = begin + k < inputs ? load(begin + k) : 0.0F;
    }
    __syncthreads();
    add_products(left, right, tile);
    __syncthreads();
  }
}

}  // namespace purlscope::models::cuda
