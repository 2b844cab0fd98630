#include "models/backbones/graph/small_gcn.h"

#include <string>

#include "models/backbones/layers/chain.h"
#include "models/backbones/layers/partition.h"

namespace purlscope::models::backbones {
namespace {

constexpr std::int64_t kTaps = 5;
constexpr std::int64_t kInputChannels = 12;  // position, relative to the root, velocity, bone: three each
constexpr double kVelocityGain = 4.0;        // brings torso lengths a frame to the size of the other channels
constexpr double kCentreTap = 0.6, kTapSpread = 0.15;

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

SmallGcn::SmallGcn(const core::JointLayout& layout, const Options& options) {
  parents_ = register_buffer("parents", joint_index(layout.parent));
  if (!options.stream.empty()) streams_ = parse_streams(options.stream);
  std::int64_t width = streams_.empty() ? kInputChannels : 3 * static_cast<std::int64_t>(streams_.size());
  input_norm_ = register_module("input_norm", torch::nn::BatchNorm1d(nodes() * width));
  const at::Tensor adjacency = bone_adjacency(layout.parent);
  const std::vector<std::int64_t> widths = block_widths(options);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    blocks_.push_back(register_module("block" + std::to_string(i),
                                      std::make_shared<GraphBlock>(adjacency, width, widths[i], options.strides[i])));
    width = widths[i];
  }
  channels_ = width;
}

std::vector<std::int64_t> SmallGcn::block_widths(const Options& options) {
  std::vector<std::int64_t> widths;
  for (const std::int64_t channels : options.widths) widths.push_back(scaled(channels, options.width, 1));
  return widths;
}

void SmallGcn::initialise(at::Generator generator) {
  for (const auto& block : blocks_) block->initialise(generator);
}

at::Tensor SmallGcn::input_of(const at::Tensor& motion) const {
  if (!streams_.empty()) return assemble_streams(motion, parents_, streams_);
  const at::Tensor relative = motion - motion.slice(2, 0, 1);
  const at::Tensor step = motion.slice(1, 1) - motion.slice(1, 0, motion.size(1) - 1);
  const at::Tensor velocity = at::constant_pad_nd(step, {0, 0, 0, 0, 1, 0}) * kVelocityGain;
  const at::Tensor bone = motion - motion.index_select(2, parents_);
  return at::cat({motion, relative, velocity, bone}, -1);
}

at::Tensor SmallGcn::features(const at::Tensor& motion, const Noise& /*noise*/) {
  at::Tensor x = input_of(motion);
  const at::Tensor rows = x.reshape({x.size(0) * x.size(1), x.size(2) * x.size(3)});
  x = input_norm_->forward(rows).view(x.sizes());
  for (const auto& block : blocks_) x = block->forward(x);
  return x;
}

}  // namespace purlscope::models::backbones
