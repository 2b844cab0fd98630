#pragma once

#include <memory>
#include <vector>

#include "models/backbones/backbone.h"

namespace purlscope::models::backbones {

class VolumeStage;
class ConvNorm;

/// PoseC3D: a stack of joint heat maps, one map a joint, through the SlowOnly network in its small form (three stages
/// of 4, 6 and 3 bottlenecks, 32 channels first). Its nodes are the cells of the last map; cells are square stretches
/// of the front view. Source: Duan et al., "Revisiting skeleton-based action recognition", CVPR 2022, section 3 and
/// table 2; names of the published weights.
class PoseC3d final : public Backbone {
 public:
  PoseC3d(const core::JointLayout& layout, const Options& options);

  using Backbone::features;
  at::Tensor features(const at::Tensor& motion, const Noise& noise) override;
  void initialise(at::Generator generator) override;
  /// Each cell's heat by a Gaussian around its joints whose deviation is half a cell, mean over the frames of a step:
  /// a cell goes to the joints in it, and one far from all joints to its nearest.
  at::Tensor joint_shares(const at::Tensor& motion) const override;
  std::int64_t channels() const override { return channels_; }
  std::int64_t nodes() const override { return cells_ * cells_; }

  /// @param heat [N, J, T, H, W] @return [N, n, T', H', W']
  at::Tensor forward(const at::Tensor& heat);

  static std::int64_t channels_of(double width);
  static constexpr std::int64_t kTimeStride = 2;

 private:
  std::int64_t map_, cells_, channels_;
  std::shared_ptr<ConvNorm> stem_;
  std::vector<std::shared_ptr<VolumeStage>> stages_;
};

}  // namespace purlscope::models::backbones
