#pragma once

#include <cuda_runtime.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "models/cuda/library/check.h"

namespace purlscope::models::cuda {

/// Memory of one kind, freed with its owner. It grows by being replaced: what it held is gone.
template <typename T, typename Kind>
class Memory {
 public:
  Memory() = default;
  explicit Memory(std::size_t count) { reserve(count); }
  ~Memory() { release(); }
  Memory(Memory&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), count_(std::exchange(other.count_, 0)) {}
  Memory& operator=(Memory&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(count_, other.count_);
    return *this;
  }

  /// @return whether it lies elsewhere now
  bool reserve(std::size_t count) {
    if (count <= count_) return false;
    release();
    void* memory = nullptr;
    check(Kind::allocate(&memory, count * sizeof(T)), Kind::kAllocating);
    data_ = static_cast<T*>(memory);
    count_ = count;
    return true;
  }
  T* data() const { return data_; }
  std::size_t size() const { return count_; }

 private:
  void release() {
    if (data_ != nullptr) Kind::free(data_);
    data_ = nullptr;
    count_ = 0;
  }

  T* data_ = nullptr;
  std::size_t count_ = 0;
};

struct OnDevice {
  static constexpr const char* kAllocating = "taking memory of the GPU";
  static cudaError_t allocate(void** memory, std::size_t bytes) { return cudaMalloc(memory, bytes); }
  static void free(void* memory) { cudaFree(memory); }
};

/// Memory of the processor that the GPU reads and writes by itself.
struct Pinned {
  static constexpr const char* kAllocating = "taking memory of the processor for transfers";
  static cudaError_t allocate(void** memory, std::size_t bytes) {
    return cudaHostAlloc(memory, bytes, cudaHostAllocDefault);
  }
  static void free(void* memory) { cudaFreeHost(memory); }
};

template <typename T>
using DeviceMemory = Memory<T, OnDevice>;
template <typename T>
using PinnedMemory = Memory<T, Pinned>;

/// A copy on the GPU. Waits until it is there.
template <typename T>
DeviceMemory<T> uploaded(const T* values, std::size_t count) {
  DeviceMemory<T> memory(count);
  check(cudaMemcpy(memory.data(), values, count * sizeof(T), cudaMemcpyHostToDevice), "copying weights to the GPU");
  return memory;
}

/// Weights of a product [D, C] as the kernels read them, [C, D].
inline DeviceMemory<float> uploaded_transposed(const float* weight, int outputs, int inputs) {
  std::vector<float> turned(static_cast<std::size_t>(outputs) * static_cast<std::size_t>(inputs));
  std::size_t next = 0;
  for (int c = 0; c < inputs; ++c) {
    for (int d = 0; d < outputs; ++d) turned[next++] = weight[static_cast<std::size_t>(d) * inputs + c];
  }
  return uploaded(turned.data(), turned.size());
}

}  // namespace purlscope::models::cuda
