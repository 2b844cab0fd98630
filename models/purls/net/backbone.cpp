#include "models/purls/net/backbone.h"

#include <algorithm>
#include <string>

namespace purlscope::models::purls {
namespace {

constexpr std::int64_t kTaps = 5;
constexpr std::int64_t kInputChannels = 12;  // position, relative to the root, velocity, bone: three each
constexpr double kVelocityGain = 4.0;        // brings torso lengths a frame to the size of the other channels
constexpr double kCentreTap = 0.6, kTapSpread = 0.15;

/// Row-normalised adjacency of the bones with self loops, [J, J].
at::Tensor bone_adjacency(const core::JointLayout& layout) {
  const auto joints = static_cast<std::int64_t>(layout.size());
  at::Tensor adjacency = at::eye(joints);
  for (std::int64_t joint = 0; joint < joints; ++joint) {
    const std::int64_t parent = layout.parent[static_cast<std::size_t>(joint)];
    adjacency[joint][parent] = 1;
    adjacency[parent][joint] = 1;
  }
  return adjacency / adjacency.sum(1, true);
}

/// Batch norm over the last axis: torch's module wants two axes.
at::Tensor norm_last(torch::nn::BatchNorm1d& norm, const at::Tensor& x) {
  return norm->forward(x.reshape({-1, x.size(-1)})).view(x.sizes());
}

}  // namespace

GraphBlock::GraphBlock(const at::Tensor& adjacency, std::int64_t channels_in, std::int64_t channels_out,
                       std::int64_t stride)
    : stride_(stride) {
  adjacency_ = register_parameter("adjacency", adjacency.clone());
  mix_ = register_module("mix", torch::nn::Linear(torch::nn::LinearOptions(2 * channels_in, channels_out).bias(false)));
  mixed_norm_ = register_module("mixed_norm", torch::nn::BatchNorm1d(channels_out));
  taps_ = register_parameter("taps", at::zeros({kTaps, channels_out}));
  moved_norm_ = register_module("moved_norm", torch::nn::BatchNorm1d(channels_out));
  if (channels_in != channels_out || stride != 1) {
    shortcut_ = register_module("shortcut", torch::nn::Linear(channels_in, channels_out));
  }
}

void GraphBlock::initialise(at::Generator generator) {
  initialise_linears(*this, generator);
  at::NoGradGuard no_grad;
  taps_.normal_(0, kTapSpread, generator);
  taps_[kTaps / 2] += kCentreTap;
}

at::Tensor GraphBlock::forward(const at::Tensor& x) {
  const std::int64_t frames = x.size(1);
  const at::Tensor exchanged = at::matmul(adjacency_, x);
  at::Tensor y = mix_->forward(at::cat({exchanged, x}, -1));
  y = at::relu(norm_last(mixed_norm_, y));
  y = at::constant_pad_nd(y, {0, 0, 0, 0, kTaps / 2, kTaps / 2});
  at::Tensor moved;
  for (std::int64_t tap = 0; tap < kTaps; ++tap) {
    const at::Tensor term = y.slice(1, tap, tap + frames, stride_) * taps_[tap];
    moved = tap == 0 ? term : moved + term;
  }
  moved = norm_last(moved_norm_, moved);
  const at::Tensor around = shortcut_ ? shortcut_->forward(x.slice(1, 0, frames, stride_)) : x;
  return at::relu(moved + around);
}

SmallGcn::SmallGcn(const core::JointLayout& layout, const BackboneOptions& options,
                   const std::vector<std::int64_t>& classes)
    : options_(options) {
  const c10::InferenceMode normal_tensors(false);
  const auto joints = static_cast<std::int64_t>(layout.size());
  parents_ = at::empty({joints}, at::kLong);
  for (std::int64_t joint = 0; joint < joints; ++joint)
    parents_[joint] = layout.parent[static_cast<std::size_t>(joint)];
  input_norm_ = register_module("input_norm", torch::nn::BatchNorm1d(joints * kInputChannels));
  const at::Tensor adjacency = bone_adjacency(layout);
  std::int64_t width = kInputChannels;
  for (std::size_t i = 0; i < options_.widths.size(); ++i) {
    blocks_.push_back(
        register_module("block" + std::to_string(i),
                        std::make_shared<GraphBlock>(adjacency, width, options_.widths[i], options_.strides[i])));
    width = options_.widths[i];
  }
  for (std::size_t i = 0; i < classes.size(); ++i) {
    heads_.push_back(register_module("head" + std::to_string(i), torch::nn::Linear(width, classes[i])));
  }
}

void SmallGcn::initialise(at::Generator generator) {
  for (const auto& block : blocks_) block->initialise(generator);
  for (auto& head : heads_) initialise_linears(*head, generator);
}

at::Tensor SmallGcn::features(const at::Tensor& motion) {
  const at::Tensor relative = motion - motion.slice(2, 0, 1);
  const at::Tensor step = motion.slice(1, 1) - motion.slice(1, 0, motion.size(1) - 1);
  const at::Tensor velocity = at::constant_pad_nd(step, {0, 0, 0, 0, 1, 0}) * kVelocityGain;
  const at::Tensor bone = motion - motion.index_select(2, parents_);
  at::Tensor x = at::cat({motion, relative, velocity, bone}, -1);
  const at::Tensor rows = x.reshape({x.size(0) * x.size(1), x.size(2) * x.size(3)});
  x = input_norm_->forward(rows).view(x.sizes());
  for (const auto& block : blocks_) x = block->forward(x);
  return x;
}

std::vector<at::Tensor> SmallGcn::logits(const at::Tensor& motion, const Noise& noise) {
  const at::Tensor pooled = dropout(features(motion).mean(at::IntArrayRef{1, 2}), options_.dropout, noise);
  std::vector<at::Tensor> all;
  for (auto& head : heads_) all.push_back(head->forward(pooled));
  return all;
}

at::Tensor pool_nodes(const at::Tensor& features, std::int64_t slots) {
  const std::int64_t count = features.size(0), steps = features.size(1), joints = features.size(2);
  at::Tensor share = at::zeros({slots, steps});
  const double stretch = static_cast<double>(steps) / static_cast<double>(slots);
  for (std::int64_t slot = 0; slot < slots; ++slot) {
    const double begin = static_cast<double>(slot) * stretch, end = begin + stretch;
    for (std::int64_t step = 0; step < steps; ++step) {
      const double from = std::max(begin, static_cast<double>(step));
      const double to = std::min(end, static_cast<double>(step + 1));
      if (to > from) share[slot][step] = (to - from) / stretch;
    }
  }
  const at::Tensor pooled = at::matmul(share, features.flatten(2)).view({count, slots * joints, features.size(3)});
  return pooled / pooled.norm(2, -1, true).clamp_min(1e-9);
}

}  // namespace purlscope::models::purls
