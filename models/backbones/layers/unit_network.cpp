#include "models/backbones/layers/unit_network.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "models/backbones/layers/chain.h"

namespace purlscope::models::backbones {
namespace {

constexpr std::int64_t kBase = 64;

}  // namespace

std::int64_t unit_channels(double width) { return 4 * scaled(kBase, width); }

std::vector<UnitSize> unit_sizes(std::int64_t input_channels, double width) {
  const std::int64_t base = scaled(kBase, width);
  std::vector<UnitSize> sizes;
  std::int64_t in = input_channels, out = base;
  for (const std::int64_t stride : kUnitStrides) {
    if (stride > 1) out *= 2;
    sizes.push_back({in, out, stride});
    in = out;
  }
  return sizes;
}

UnitNetwork::UnitNetwork(const core::JointLayout& layout, const Options& options, int performers)
    : streams_(parse_streams(options.stream.empty() ? "joint" : options.stream)),
      joints_(static_cast<std::int64_t>(layout.size())),
      channels_(unit_channels(options.width)),
      performers_(performers) {
  parents_ = register_buffer("parents", joint_index(layout.parent));
  input_norm_ = register_module("data_bn", torch::nn::BatchNorm1d(performers_ * joints_ * input_channels()));
}

at::Tensor UnitNetwork::features(const at::Tensor& motion, const Noise& noise) {
  const std::int64_t count = motion.size(0), frames = motion.size(1);
  if (count % performers_ != 0) {
    throw Error(Code::shape_mismatch,
                fmt::format("a batch of {} motions, expected a multiple of {} performers", count, performers_));
  }
  at::Tensor x = assemble_streams(motion, parents_, streams_).permute({0, 2, 3, 1});  // [N, J, C, T]
  x = input_norm_->forward(x.reshape({count / performers_, -1, frames})).view({count, joints_, -1, frames});
  x = x.permute({0, 2, 3, 1}).contiguous();
  for (const auto& unit : units_) x = unit->forward(x, noise);
  return x.permute({0, 2, 3, 1});
}

void UnitNetwork::initialise(at::Generator generator) {
  const c10::InferenceMode normal_tensors(false);
  draw_layers(*this, generator);
  at::NoGradGuard no_grad;
  for (const auto& unit : units_) unit->draw(generator);
}

}  // namespace purlscope::models::backbones
