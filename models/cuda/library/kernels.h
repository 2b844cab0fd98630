#pragma once

#include <cuda_runtime.h>

#include "models/cuda/kernels/arguments.h"

/// Queue the kernels of the same names with grids that cover their work. @throws Failure
namespace purlscope::models::cuda {

/// The largest number of joints whose frames fit into a tile.
inline constexpr int kMostJoints = 128;
/// The most channels that pooled features may have.
inline constexpr int kMostFeatures = 1024;

/// @param processors  of the GPU: products are cut into enough tiles to keep all of them busy
void queue_spatial(const SpatialArguments& a, int slots, int processors, cudaStream_t stream);
void queue_temporal(const TemporalArguments& a, int slots, int processors, cudaStream_t stream);
void queue_mix(const MixArguments& a, int slots, int processors, cudaStream_t stream);
void queue_finish(const FinishArguments& a, int slots, cudaStream_t stream);
void queue_normalise(const NormaliseArguments& a, int slots, cudaStream_t stream);
void queue_pool(const PoolArguments& a, int slots, cudaStream_t stream);
void queue_classify(const ClassifyArguments& a, int samples, cudaStream_t stream);
void queue_blend(const BlendArguments& a, int samples, cudaStream_t stream);
void queue_attention(const AttentionArguments& a, int samples, cudaStream_t stream);

/// Finds out whether the library has kernels for the chosen GPU. @throws Failure
void expect_kernels();

}  // namespace purlscope::models::cuda
