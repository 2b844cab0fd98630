#include "models/purls/net/fused_attention.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <fmt/format.h>

#include <atomic>

#include "core/base/log.h"
#include "core/text/labels.h"
#include "models/cuda/loader.h"

namespace purlscope::models::purls {
namespace {

constexpr auto kLevels = static_cast<std::int64_t>(core::kSentenceCount);

/// Set when a kernel has failed: the messages would be the same.
std::atomic<bool> given_up = false;

}  // namespace

std::optional<FusedAttention> fused_attention(const at::Tensor& directions, const at::Tensor& nodes,
                                              const at::Tensor& places) {
  const bool fits = nodes.is_cuda() && nodes.scalar_type() == at::kFloat && directions.scalar_type() == at::kFloat;
  if (!fits || at::GradMode::is_enabled() || given_up) return std::nullopt;
  const cuda::Found gpu = cuda::find_gpu(nodes.get_device());
  if (!gpu.device) return std::nullopt;
  cuda::Status status;
  auto result = fused_attention(*gpu.device, directions, nodes, places, status);
  if (!result && !given_up.exchange(true)) {
    core::log(core::LogLevel::warning, fmt::format("attention by own kernels on {}: {}; LibTorch's operators serve",
                                                   nodes.device().str(), status.text));
  }
  return result;
}

std::optional<FusedAttention> fused_attention(cuda::Device& gpu, const at::Tensor& directions, const at::Tensor& nodes,
                                              const at::Tensor& places, cuda::Status& status) {
  const at::Tensor asking = directions.contiguous(), points = nodes.contiguous();
  const at::Tensor placed = places.defined() ? places.contiguous() : places;
  const std::int64_t samples = points.size(0), rows = asking.size(0), seen = points.size(1), width = points.size(2);
  FusedAttention result{at::empty({samples, rows, seen}, points.options()),
                        at::empty({samples, rows, width}, points.options())};
  // LibTorch queues on the default stream too, so the kernel finds its inputs and others find its results.
  status = gpu.attend({static_cast<int>(samples), static_cast<int>(rows / kLevels), static_cast<int>(seen),
                       static_cast<int>(width), asking.const_data_ptr<float>(), points.const_data_ptr<float>(),
                       placed.defined() ? placed.const_data_ptr<float>() : nullptr,
                       result.weights.mutable_data_ptr<float>(), result.pooled.mutable_data_ptr<float>()},
                      nullptr);
  if (!status.done()) return std::nullopt;
  return result;
}

}  // namespace purlscope::models::purls
