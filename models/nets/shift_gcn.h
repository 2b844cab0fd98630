#pragma once

#include <ATen/ATen.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace purlscope::models {

namespace cuda {
class Device;
}
namespace shift {
struct Weights;
}

/// Shift-GCN with its own classifier, for inference: the joint stream of the official checkpoints.
///
/// Ten units (64 x 4, 128 x 3, 256 x 3 channels, stride 2 at units 5 and 8) of a spatial shift (joint (j + c) mod J in,
/// (j - c) mod J out, around a linear map) and a learned shift in time (around a second one). Batch norms are folded
/// into their neighbours when the weights are loaded.
/// Source: Cheng et al., "Skeleton-Based Action Recognition With Shift Graph Convolutional Network", CVPR 2020,
/// sections 3.2 and 3.3; tensor names of the published checkpoints.
/// Thread: any; calls on one object may run at the same time.
class ShiftGcn {
 public:
  static constexpr const char* kArchitecture = "shift-gcn";
  static constexpr std::int64_t kPersons = 2;     ///< slots of the input
  static constexpr std::int64_t kTimeStride = 4;  ///< input frames a time step of the features

  struct Output {
    at::Tensor logits;    ///< [K]
    at::Tensor features;  ///< [256, T / 4, J] mean over both person slots, an empty one included
  };

  /// A checkpoint converted by tools/convert_checkpoint.py.
  /// @throws Error{Code::not_found, Code::bad_format, Code::shape_mismatch} naming file and tensor; values that are not
  ///         finite and shifts beyond 300 frames are bad_format
  static ShiftGcn load(const std::filesystem::path& file);
  ~ShiftGcn();
  ShiftGcn(ShiftGcn&&) noexcept;
  ShiftGcn& operator=(ShiftGcn&&) noexcept;

  /// Chooses what forward() and logits() compute on; the processor before the first call. On a GPU own kernels run
  /// (models/cuda); where there are none, or when the GPU is lost, LibTorch's operators on the GPU and then the
  /// processor serve, with a message in the log.
  /// @param device  "auto", "cpu", "cuda", "cuda:N"
  /// @param plain   operator by operator on that device, nothing fused
  /// @throws Error{Code::bad_argument} for another name, Error{Code::unsupported} for a GPU that does not answer.
  /// Thread: none may use the network meanwhile.
  void compute_on(const std::string& device, bool plain = false);
  /// On an opened GPU. @param name in words
  void compute_on(std::shared_ptr<cuda::Device> gpu, const std::string& name);
  std::string device() const;  ///< in words: "CPU", "NVIDIA H200 (cuda:0)"

  /// @param input [3, T, J, 2] as core::ntu_preprocess gives it, T a multiple of 4. A person slot that is zero
  ///        throughout costs nothing after the first time: its features depend on the weights and T alone.
  /// @throws Error{Code::shape_mismatch}
  Output forward(const at::Tensor& input) const;

  /// Logits alone of several windows, which a GPU runs together.
  /// @param batch [B, 3, T, J, 2] @return [B, K]
  /// @throws Error{Code::shape_mismatch}, Error{Code::limit} when a GPU's memory is too small
  at::Tensor logits(const at::Tensor& batch) const;

  /// Names of the K classes from the file's metadata; empty when it has none.
  const std::vector<std::string>& classes() const;

 private:
  friend class ShiftGcnStream;
  std::shared_ptr<const shift::Weights> weights() const;
  /// Features of an empty slot in a window, [256, frames / 4, J].
  at::Tensor empty_slot(std::int64_t person, std::int64_t frames) const;

  struct Impl;
  explicit ShiftGcn(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace purlscope::models
