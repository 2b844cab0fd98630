#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

#include "models/cuda/interface.h"

namespace purlscope::models::purls {

/// Attention weights of all candidates' sentences and the features pooled by them.
struct FusedAttention {
  at::Tensor weights;  ///< [N, C * 8, S]
  at::Tensor pooled;   ///< [N, C * 8, n]
};

/// One kernel in place of two products and a softmax, where all lies on a GPU that has own kernels and no gradient is
/// wanted. @param directions [C * 8, n] @param nodes [N, S, n] @param places [8, S] added to the logits; undefined =
/// nothing. @return nothing where LibTorch's operators have to serve
std::optional<FusedAttention> fused_attention(const at::Tensor& directions, const at::Tensor& nodes,
                                              const at::Tensor& places);

/// The same on an opened GPU that reads the tensors' memory. @return nothing when it fails
std::optional<FusedAttention> fused_attention(cuda::Device& gpu, const at::Tensor& directions, const at::Tensor& nodes,
                                              const at::Tensor& places, cuda::Status& status);

}  // namespace purlscope::models::purls
