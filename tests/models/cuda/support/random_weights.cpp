#include "tests/models/cuda/support/random_weights.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "core/base/safetensors.h"
#include "models/training/random.h"
#include "models/weights/load.h"

namespace purlscope::test {
namespace {

using models::shift::Mixer;
using models::shift::TemporalShift;
using models::shift::UnitWeights;

constexpr double kShift = 1.7;  // frames: the spread of the published weights' shifts in time

/// Draws tensors.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : generator_(models::make_generator(seed, 0)) {}

  at::Tensor normal(std::vector<std::int64_t> shape, double spread = 1) {
    return at::randn(shape, generator_) * spread;
  }
  at::Tensor around_one(std::vector<std::int64_t> shape) { return 1 + normal(std::move(shape), 0.2); }
  at::Tensor product(std::int64_t out, std::int64_t in) {
    return normal({out, in}, std::sqrt(1.0 / static_cast<double>(in)));
  }

 private:
  at::Generator generator_;
};

UnitWeights random_unit(Dice& dice, std::int64_t in, std::int64_t out, std::int64_t stride, bool residual,
                        std::int64_t joints) {
  UnitWeights unit;
  unit.in = in;
  unit.out = out;
  unit.stride = stride;
  unit.residual = residual;
  unit.mask = dice.around_one({in, joints});
  unit.linear = dice.product(out, in);
  unit.norm = {dice.around_one({out, joints}), dice.normal({out, joints}, 0.2)};
  if (in != out) unit.down = {dice.product(out, in), {}};
  unit.before = {dice.around_one({out}), dice.normal({out}, 0.2)};
  unit.time_in = TemporalShift::from(dice.normal({out}, kShift));
  unit.temporal = dice.product(out, out);
  unit.temporal_bias = dice.normal({out}, 0.2);
  unit.time_out = TemporalShift::from(dice.normal({out}, kShift) + static_cast<double>(stride - 1) / 2);
  unit.after = {dice.around_one({out}), dice.normal({out}, 0.2)};
  if (residual && (in != out || stride != 1)) unit.skip = {dice.product(out, in), {}};
  return unit;
}

/// Tensors of a checkpoint under the published names.
class Checkpoint {
 public:
  Checkpoint(std::int64_t joints, std::uint64_t seed) : dice_(seed), joints_(joints) {}

  std::map<std::string, core::SafeTensorOut> tensors;

  void add(const std::string& name, const at::Tensor& values) { tensors[name] = models::store_tensor(values); }
  void norm(const std::string& name, std::int64_t channels) {
    add(name + ".weight", dice_.around_one({channels}));
    add(name + ".bias", dice_.normal({channels}, 0.1));
    add(name + ".running_mean", dice_.normal({channels}, 0.1));
    add(name + ".running_var", dice_.around_one({channels}).abs() + 0.1);
  }
  void convolution(const std::string& name, std::int64_t in, std::int64_t out) {
    add(name + ".weight", dice_.product(out, in).view({out, in, 1, 1}));
    add(name + ".bias", dice_.normal({out}, 0.1));
  }
  void unit(const std::string& name, std::int64_t in, std::int64_t out, bool residual) {
    add(name + "gcn1.Linear_weight", dice_.product(out, in).t().contiguous());
    add(name + "gcn1.Linear_bias", dice_.normal({1, 1, out}, 0.1));
    add(name + "gcn1.Feature_Mask", dice_.normal({1, joints_, in}, 0.3));
    norm(name + "gcn1.bn", joints_ * out);
    if (in != out) {
      convolution(name + "gcn1.down.0", in, out);
      norm(name + "gcn1.down.1", out);
    }
    norm(name + "tcn1.bn", out);
    norm(name + "tcn1.bn2", out);
    convolution(name + "tcn1.temporal_linear", out, out);
    add(name + "tcn1.shift_in.ypos", dice_.normal({out}, kShift));
    add(name + "tcn1.shift_out.ypos", dice_.normal({out}, kShift));
    if (!residual || in == out) return;
    convolution(name + "residual.conv", in, out);
    norm(name + "residual.bn", out);
  }
  void classifier(std::int64_t classes, std::int64_t features) {
    add("fc.weight", dice_.product(classes, features));
    add("fc.bias", dice_.normal({classes}, 0.1));
  }

 private:
  Dice dice_;
  std::int64_t joints_;
};

}  // namespace

models::shift::Weights random_shift_weights(const SmallShape& shape, std::uint64_t seed) {
  Dice dice(seed);
  models::shift::Weights weights;
  weights.joints = shape.joints;
  weights.input_norm = {dice.around_one({2, shape.joints, 3}), dice.normal({2, shape.joints, 3}, 0.2)};
  std::int64_t in = 3;
  for (std::size_t i = 0; i < shape.widths.size(); ++i) {
    weights.units.push_back(random_unit(dice, in, shape.widths[i], shape.strides[i], i > 0, shape.joints));
    in = shape.widths[i];
  }
  weights.classifier = dice.product(shape.classes, in);
  weights.classifier_bias = dice.normal({shape.classes}, 0.2);
  return weights;
}

void write_random_shift_gcn(const std::filesystem::path& file, std::int64_t joints, std::uint64_t seed) {
  constexpr std::array<std::int64_t, 10> kWidths = {64, 64, 64, 64, 128, 128, 128, 256, 256, 256};
  constexpr std::int64_t kClasses = 60;
  Checkpoint checkpoint(joints, seed);
  checkpoint.norm("data_bn", 2 * joints * 3);
  std::int64_t in = 3;
  for (std::size_t i = 0; i < kWidths.size(); ++i) {
    checkpoint.unit(fmt::format("l{}.", i + 1), in, kWidths[i], i > 0);
    in = kWidths[i];
  }
  checkpoint.classifier(kClasses, in);
  core::save_safetensors(file, checkpoint.tensors, {{"architecture", "shift-gcn"}});
}

at::Tensor random_windows(const std::vector<std::pair<bool, bool>>& persons, std::int64_t frames, std::int64_t joints,
                          std::uint64_t seed) {
  Dice dice(seed);
  at::Tensor windows = dice.normal({static_cast<std::int64_t>(persons.size()), 3, frames, joints, 2});
  for (std::size_t i = 0; i < persons.size(); ++i) {
    at::Tensor window = windows[static_cast<std::int64_t>(i)];
    if (!persons[i].first) window.select(3, 0).zero_();
    if (!persons[i].second) window.select(3, 1).zero_();
  }
  return windows;
}

}  // namespace purlscope::test
