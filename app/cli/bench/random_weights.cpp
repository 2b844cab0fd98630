#include "app/cli/bench/random_weights.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/base/safetensors.h"

namespace purlscope::app::cli {
namespace {

constexpr std::int64_t kClasses = 60, kJoints = 25, kPersons = 2, kCoordinates = 3;
constexpr std::array<std::int64_t, 10> kWidths = {64, 64, 64, 64, 128, 128, 128, 256, 256, 256};
constexpr double kShift = 1.7;  // frames: the spread of the published weights' shifts in time

/// Draws tensors under the published names.
class Writer {
 public:
  explicit Writer(std::uint64_t seed) : generator_(seed) {}

  void normal(const std::string& name, std::vector<std::int64_t> shape, double spread) {
    std::normal_distribution<float> draw(0.0F, static_cast<float>(spread));
    std::vector<float> values(count(shape));
    for (float& value : values) value = draw(generator_);
    tensors[name] = core::to_safetensor(values, std::move(shape));
  }
  void constant(const std::string& name, std::vector<std::int64_t> shape, float value) {
    const std::vector<float> values(count(shape), value);
    tensors[name] = core::to_safetensor(values, std::move(shape));
  }
  /// A 1 x 1 convolution that keeps the size of what it maps.
  void convolution(const std::string& name, std::int64_t in, std::int64_t out) {
    normal(name + ".weight", {out, in, 1, 1}, std::sqrt(1.0 / static_cast<double>(in)));
    constant(name + ".bias", {out}, 0);
  }
  void norm(const std::string& name, std::int64_t channels) {
    constant(name + ".weight", {channels}, 1);
    constant(name + ".bias", {channels}, 0);
    constant(name + ".running_mean", {channels}, 0);
    constant(name + ".running_var", {channels}, 1);
  }

  std::map<std::string, core::SafeTensorOut> tensors;

 private:
  static std::size_t count(const std::vector<std::int64_t>& shape) {
    std::size_t product = 1;
    for (const std::int64_t side : shape) product *= static_cast<std::size_t>(side);
    return product;
  }
  std::mt19937_64 generator_;
};

void write_unit(Writer& out, const std::string& name, std::int64_t inputs, std::int64_t outputs, bool residual) {
  const std::string space = name + "gcn1.", time = name + "tcn1.";
  out.normal(space + "Linear_weight", {inputs, outputs}, std::sqrt(1.0 / static_cast<double>(inputs)));
  out.constant(space + "Linear_bias", {1, 1, outputs}, 0);
  out.constant(space + "Feature_Mask", {1, kJoints, inputs}, 0);
  out.norm(space + "bn", kJoints * outputs);
  if (inputs != outputs) {
    out.convolution(space + "down.0", inputs, outputs);
    out.norm(space + "down.1", outputs);
  }
  out.norm(time + "bn", outputs);
  out.norm(time + "bn2", outputs);
  out.convolution(time + "temporal_linear", outputs, outputs);
  out.normal(time + "shift_in.ypos", {outputs}, kShift);
  out.normal(time + "shift_out.ypos", {outputs}, kShift);
  if (residual && inputs != outputs) {
    out.convolution(name + "residual.conv", inputs, outputs);
    out.norm(name + "residual.bn", outputs);
  }
}

}  // namespace

void write_random_shift_gcn(const std::filesystem::path& file, std::uint64_t seed) {
  Writer out(seed);
  out.norm("data_bn", kPersons * kJoints * kCoordinates);
  std::int64_t inputs = kCoordinates;
  for (std::size_t unit = 0; unit < kWidths.size(); ++unit) {
    write_unit(out, fmt::format("l{}.", unit + 1), inputs, kWidths[unit], unit > 0);
    inputs = kWidths[unit];
  }
  out.normal("fc.weight", {kClasses, inputs}, std::sqrt(1.0 / static_cast<double>(inputs)));
  out.constant("fc.bias", {kClasses}, 0);
  core::save_safetensors(file, out.tensors, {{"architecture", "shift-gcn"}, {"source", "seeded random numbers"}});
}

}  // namespace purlscope::app::cli
