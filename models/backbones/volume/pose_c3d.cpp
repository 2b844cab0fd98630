#include "models/backbones/volume/pose_c3d.h"

#include <fmt/format.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>

#include <array>

#include "models/backbones/layers/chain.h"
#include "models/backbones/volume/heat_map.h"

namespace purlscope::models::backbones {
namespace {

constexpr std::int64_t kBase = 32, kExpansion = 4, kSpaceStride = 2;
constexpr double kSigma = 0.6;  // of the heat, cells

struct StagePlan {
  std::int64_t blocks, time_kernel, time_stride;
};
constexpr std::array<StagePlan, 3> kStages = {{{4, 1, 1}, {6, 3, 1}, {3, 3, PoseC3d::kTimeStride}}};

struct Kernel {
  std::int64_t time = 1, space = 1, time_stride = 1, space_stride = 1;
};

std::int64_t halved(std::int64_t cells) { return (cells + kSpaceStride - 1) / kSpaceStride; }

}  // namespace

/// A convolution without bias and its batch norm, named `conv` and `bn`.
class ConvNorm : public torch::nn::Module {
 public:
  ConvNorm(std::int64_t in, std::int64_t out, const Kernel& kernel) {
    torch::nn::Conv3dOptions options(in, out, {kernel.time, kernel.space, kernel.space});
    options.stride({kernel.time_stride, kernel.space_stride, kernel.space_stride}).bias(false);
    options.padding(at::IntArrayRef{kernel.time / 2, kernel.space / 2, kernel.space / 2});
    conv_ = register_module("conv", torch::nn::Conv3d(options));
    norm_ = register_module("bn", torch::nn::BatchNorm3d(out));
  }
  at::Tensor forward(const at::Tensor& x) { return norm_->forward(conv_->forward(x)); }

 private:
  torch::nn::Conv3d conv_{nullptr};
  torch::nn::BatchNorm3d norm_{nullptr};
};

namespace {

/// Narrow, convolve, widen, around a shortcut. Both strides stand in the middle convolution.
class Bottleneck : public torch::nn::Module {
 public:
  Bottleneck(std::int64_t in, std::int64_t narrow, std::int64_t time_kernel, std::int64_t time_stride,
             std::int64_t space_stride) {
    const std::int64_t wide = narrow * kExpansion;
    narrow_ = register_module("conv1", std::make_shared<ConvNorm>(in, narrow, Kernel{time_kernel, 1, 1, 1}));
    middle_ =
        register_module("conv2", std::make_shared<ConvNorm>(narrow, narrow, Kernel{1, 3, time_stride, space_stride}));
    widen_ = register_module("conv3", std::make_shared<ConvNorm>(narrow, wide, Kernel{}));
    if (in == wide && time_stride == 1 && space_stride == 1) return;
    shortcut_ =
        register_module("downsample", std::make_shared<ConvNorm>(in, wide, Kernel{1, 1, time_stride, space_stride}));
  }

  at::Tensor forward(const at::Tensor& x) {
    const at::Tensor y = at::relu(middle_->forward(at::relu(narrow_->forward(x))));
    return at::relu(widen_->forward(y) + (shortcut_ ? shortcut_->forward(x) : x));
  }

 private:
  std::shared_ptr<ConvNorm> narrow_, middle_, widen_, shortcut_;
};

}  // namespace

/// Bottlenecks in a row; the first one strides.
class VolumeStage : public torch::nn::Module {
 public:
  VolumeStage(std::int64_t in, std::int64_t narrow, const StagePlan& plan) {
    for (std::int64_t i = 0; i < plan.blocks; ++i) {
      const bool first = i == 0;
      blocks_.push_back(register_module(
          fmt::format("{}", i), std::make_shared<Bottleneck>(first ? in : narrow * kExpansion, narrow, plan.time_kernel,
                                                             first ? plan.time_stride : 1, first ? kSpaceStride : 1)));
    }
  }
  at::Tensor forward(at::Tensor x) const {
    for (const auto& block : blocks_) x = block->forward(x);
    return x;
  }

 private:
  std::vector<std::shared_ptr<Bottleneck>> blocks_;
};

PoseC3d::PoseC3d(const core::JointLayout& layout, const Options& options)
    : map_(options.map), cells_(options.map), channels_(channels_of(options.width)) {
  const std::int64_t base = scaled(kBase, options.width);
  stem_ = register_module(
      "conv1", std::make_shared<ConvNorm>(static_cast<std::int64_t>(layout.size()), base, Kernel{1, 7, 1, 1}));
  std::int64_t in = base, narrow = base;
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    stages_.push_back(
        register_module(fmt::format("layer{}", i + 1), std::make_shared<VolumeStage>(in, narrow, kStages[i])));
    in = narrow * kExpansion;
    narrow *= 2;
    cells_ = halved(cells_);
  }
}

std::int64_t PoseC3d::channels_of(double width) { return scaled(kBase, width) * kExpansion * 4; }

void PoseC3d::initialise(at::Generator generator) { draw_layers(*this, generator); }

at::Tensor PoseC3d::forward(const at::Tensor& heat) {
  at::Tensor x = at::relu(stem_->forward(heat));
  x = at::max_pool3d(x, {1, 3, 3}, {1, 1, 1}, {0, 1, 1});
  for (const auto& stage : stages_) x = stage->forward(x);
  return x;
}

at::Tensor PoseC3d::features(const at::Tensor& motion, const Noise& /*noise*/) {
  const at::Tensor points = project_to_map(motion, map_).unsqueeze(1);
  const at::Tensor heat = joint_heat(points, at::ones_like(points.select(-1, 0)), map_, kSigma);
  return forward(heat).flatten(3).permute({0, 2, 3, 1});  // [N, T', cells, n]
}

at::Tensor PoseC3d::joint_shares(const at::Tensor& motion) const {
  const double cell = static_cast<double>(map_) / static_cast<double>(cells_), deviation = cell / 2;
  const at::Tensor points = project_to_map(motion.unsqueeze(0), map_)[0];  // [T, J, 2]
  const at::Tensor centres = (at::arange(cells_, points.options()) + 0.5) * cell - 0.5;
  const auto off = [&](std::int64_t axis) {  // [T, cells, J]
    return (centres.view({1, -1, 1}) - points.select(2, axis).unsqueeze(1)).square();
  };
  const at::Tensor squares = off(1).unsqueeze(2) + off(0).unsqueeze(1);  // [T, rows, columns, J]
  const at::Tensor shares = (squares.flatten(1, 2) / (-2 * deviation * deviation)).softmax(-1);
  std::vector<at::Tensor> steps;
  for (const at::Tensor& frames : shares.split(kTimeStride)) steps.push_back(frames.mean(0));
  return at::stack(steps);
}

}  // namespace purlscope::models::backbones
