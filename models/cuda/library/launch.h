#pragma once

#include <cuda_runtime.h>

#include "models/cuda/library/check.h"

namespace purlscope::models::cuda {

/// Queues a kernel of one argument.
template <typename Arguments>
void launch(void (*kernel)(Arguments), dim3 blocks, int threads, cudaStream_t stream, Arguments arguments,
            const char* name) {
  void* pointers[] = {&arguments};
  check(cudaLaunchKernel(kernel, blocks, dim3(static_cast<unsigned>(threads)), pointers, 0, stream), name);
}

inline unsigned tiles(int size, int tile) { return static_cast<unsigned>((size + tile - 1) / tile); }

}  // namespace purlscope::models::cuda
