#include "models/cuda/library/kernels.h"

#include "models/cuda/kernels/attention.cuh"
#include "models/cuda/kernels/pointwise.cuh"
#include "models/cuda/kernels/product.cuh"
#include "models/cuda/kernels/shift.cuh"
#include "models/cuda/library/launch.h"

namespace purlscope::models::cuda {
namespace {

static_assert(kMostFeatures == kWidest);
static_assert(kMostJoints == Tile<64>::kWidth);

/// Tiles of 64 channels read their inputs less often; halves of that keep twice as many processors busy.
constexpr int kTall = 64, kShort = 32;

template <typename Arguments>
void queue_product(void (*tall)(Arguments), void (*low)(Arguments), const Arguments& a, unsigned across, int outputs,
                   int slots, int processors, cudaStream_t stream, const char* name) {
  const auto depth = static_cast<unsigned>(slots);
  const dim3 blocks(across, tiles(outputs, kTall), depth);
  if (blocks.x * blocks.y * blocks.z >= static_cast<unsigned>(processors)) {
    launch(tall, blocks, Tile<kTall>::kThreads, stream, a, name);
  } else {
    launch(low, dim3(across, tiles(outputs, kShort), depth), Tile<kShort>::kThreads, stream, a, name);
  }
}

}  // namespace

void queue_spatial(const SpatialArguments& a, int slots, int processors, cudaStream_t stream) {
  const unsigned across = tiles(a.frames, Tile<kTall>::kWidth / a.joints);
  queue_product(&spatial<kTall>, &spatial<kShort>, a, across, a.outputs, slots, processors, stream,
                "the product around a shift over joints");
}

void queue_temporal(const TemporalArguments& a, int slots, int processors, cudaStream_t stream) {
  const unsigned across = tiles(a.frames * a.joints, Tile<kTall>::kWidth);
  queue_product(&temporal<kTall>, &temporal<kShort>, a, across, a.channels, slots, processors, stream,
                "the product between shifts in time");
}

void queue_mix(const MixArguments& a, int slots, int processors, cudaStream_t stream) {
  const unsigned across = tiles(a.frames / a.stride * a.joints, Tile<kTall>::kWidth);
  queue_product(&mix<kTall>, &mix<kShort>, a, across, a.outputs, slots, processors, stream,
                "the product around a unit");
}

void queue_finish(const FinishArguments& a, int slots, cudaStream_t stream) {
  const dim3 blocks(tiles(a.frames / a.stride * a.joints, kPointThreads), static_cast<unsigned>(a.channels),
                    static_cast<unsigned>(slots));
  launch(&finish, blocks, kPointThreads, stream, a, "the end of a unit");
}

void queue_normalise(const NormaliseArguments& a, int slots, cudaStream_t stream) {
  const dim3 blocks(tiles(a.frames * a.joints, kPointThreads), kCoordinates, static_cast<unsigned>(slots));
  launch(&normalise, blocks, kPointThreads, stream, a, "the norm of the input");
}

void queue_pool(const PoolArguments& a, int slots, cudaStream_t stream) {
  const dim3 blocks(static_cast<unsigned>(a.channels), static_cast<unsigned>(slots));
  launch(&pool, blocks, kPointThreads, stream, a, "the mean over time and joints");
}

void queue_classify(const ClassifyArguments& a, int samples, cudaStream_t stream) {
  launch(&classify, dim3(static_cast<unsigned>(samples)), kPointThreads, stream, a, "the classifier");
}

void queue_blend(const BlendArguments& a, int samples, cudaStream_t stream) {
  const dim3 blocks(tiles(a.size, kPointThreads), static_cast<unsigned>(samples));
  launch(&blend, blocks, kPointThreads, stream, a, "the mean over persons");
}

void queue_attention(const AttentionArguments& a, int samples, cudaStream_t stream) {
  const dim3 blocks(static_cast<unsigned>(a.labels), static_cast<unsigned>(samples));
  launch(&attention, blocks, kAttentionThreads, stream, a, "the attention of the sentences");
}

void expect_kernels() {
  cudaFuncAttributes found{};
  check(cudaFuncGetAttributes(&found, &normalise), "looking for kernels for this GPU");
}

}  // namespace purlscope::models::cuda
