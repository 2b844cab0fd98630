#include "models/nets/shift/weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "models/nets/tiles/product.h"
#include "models/weights/load.h"

namespace purlscope::models::shift {
namespace {

constexpr std::array<std::int64_t, 10> kWidths = {64, 64, 64, 64, 128, 128, 128, 256, 256, 256};
constexpr std::array<std::int64_t, 10> kStrides = {1, 1, 1, 1, 2, 1, 1, 2, 1, 1};
constexpr std::int64_t kFeatures = kWidths.back();

Mixer load_mixer(const core::SafeTensors& file, const std::string& conv, const std::string& norm, std::int64_t in,
                 std::int64_t out) {
  const Affine affine = load_batch_norm(file, norm, out);
  const at::Tensor weight = load_tensor(file, conv + ".weight", {out, in, 1, 1}).view({out, in});
  const at::Tensor bias = load_tensor(file, conv + ".bias", {out});
  return {weight * affine.scale.unsqueeze(1), bias * affine.scale + affine.offset};
}

/// Refuses a checkpoint whose joint shift is not the non-local one that this network computes.
void check_rotation(const core::SafeTensors& file, const std::string& name, std::int64_t channels, std::int64_t joints,
                    std::int64_t sign) {
  if (!file.contains(name)) return;
  const at::Tensor joint = at::arange(joints).unsqueeze(1), channel = at::arange(channels).unsqueeze(0);
  const at::Tensor expected = (at::remainder(joint + sign * channel, joints) * channels + channel).flatten();
  if (!at::equal(load_indices(file, name).flatten(), expected)) {
    throw Error(Code::unsupported, fmt::format("{}: '{}' is not the non-local shift over {} joints and {} channels",
                                               file.path().string(), name, joints, channels));
  }
}

/// Learned shifts in time. Beyond the longest clip of the networks' data they would see nothing but zeros.
at::Tensor load_positions(const core::SafeTensors& file, const std::string& name, std::int64_t channels) {
  constexpr double kLongestShift = 300;  // frames
  at::Tensor positions = load_tensor(file, name, {channels});
  const auto longest = positions.abs().max().item<double>();
  if (longest <= kLongestShift) return positions;
  throw Error(Code::bad_format,
              fmt::format("{}: tensor '{}' shifts by {} frames, expected at most {}; the file is damaged, get it or "
                          "convert it again",
                          file.path().string(), name, longest, kLongestShift));
}

void load_spatial(const core::SafeTensors& file, const std::string& name, std::int64_t joints, UnitWeights& unit) {
  check_rotation(file, name + "shift_in", unit.in, joints, 1);
  check_rotation(file, name + "shift_out", unit.out, joints, -1);
  unit.mask = (load_tensor(file, name + "Feature_Mask", {1, joints, unit.in})[0].tanh() + 1).t().contiguous();
  unit.linear = load_tensor(file, name + "Linear_weight", {unit.in, unit.out}).t().contiguous();
  const at::Tensor bias = load_tensor(file, name + "Linear_bias", {1, 1, unit.out}).view({1, unit.out});
  const Affine norm = load_batch_norm(file, name + "bn", joints * unit.out);
  const at::Tensor scale = norm.scale.view({joints, unit.out});
  unit.norm = {scale.t().contiguous(), (bias * scale + norm.offset.view({joints, unit.out})).t().contiguous()};
  if (unit.in == unit.out) return;
  unit.down = load_mixer(file, name + "down.0", name + "down.1", unit.in, unit.out);
  unit.norm.offset = unit.norm.offset + unit.down.offset.unsqueeze(1);
}

void load_temporal(const core::SafeTensors& file, const std::string& name, UnitWeights& unit) {
  const std::int64_t channels = unit.out;
  unit.before = load_batch_norm(file, name + "bn", channels);
  unit.after = load_batch_norm(file, name + "bn2", channels);
  unit.temporal =
      load_tensor(file, name + "temporal_linear.weight", {channels, channels, 1, 1}).view({channels, channels});
  unit.temporal_bias = load_tensor(file, name + "temporal_linear.bias", {channels});
  unit.time_in = TemporalShift::from(load_positions(file, name + "shift_in.ypos", channels));
  // With stride s an output frame lies in the middle of the s input frames it stands for.
  const double centre = static_cast<double>(unit.stride - 1) / 2;
  unit.time_out = TemporalShift::from(load_positions(file, name + "shift_out.ypos", channels) + centre);
}

tiles::Factor cut(const at::Tensor& map) {
  tiles::Factor out;
  if (!map.defined() || map.size(1) < tiles::kTileDepth) return out;
  const at::Tensor rows = map.contiguous();
  out.fill_rows(rows.const_data_ptr<float>(), rows.size(0), rows.size(1));
  return out;
}

UnitWeights load_unit(const core::SafeTensors& file, std::size_t index, std::int64_t joints) {
  UnitWeights unit;
  unit.residual = index > 0;
  unit.in = index == 0 ? kCoordinates : kWidths[index - 1];
  unit.out = kWidths[index];
  unit.stride = kStrides[index];
  const std::string name = fmt::format("l{}.", index + 1);
  load_spatial(file, name + "gcn1.", joints, unit);
  load_temporal(file, name + "tcn1.", unit);
  if (unit.residual && (unit.in != unit.out || unit.stride != 1)) {
    unit.skip = load_mixer(file, name + "residual.conv", name + "residual.bn", unit.in, unit.out);
    unit.after.offset = unit.after.offset + unit.skip.offset;
  }
  if (tiles::usable())
    unit.tiles = {cut(unit.linear), cut(unit.down.weight), cut(unit.temporal), cut(unit.skip.weight)};
  return unit;
}

std::vector<std::string> read_classes(const core::SafeTensors& file, std::int64_t count) {
  const auto found = file.metadata().find("classes");
  if (found == file.metadata().end()) return {};
  const nlohmann::json names = nlohmann::json::parse(found->second, nullptr, false);
  const bool valid = names.is_array() && std::all_of(names.begin(), names.end(),
                                                     [](const nlohmann::json& name) { return name.is_string(); });
  if (!valid || names.size() != static_cast<std::size_t>(count)) {
    throw Error(Code::bad_format, fmt::format("{}: metadata 'classes' is not a JSON list of {} names; convert the "
                                              "checkpoint again with the right --classes file",
                                              file.path().string(), count));
  }
  return names.get<std::vector<std::string>>();
}

void check_architecture(const core::SafeTensors& file) {
  const auto found = file.metadata().find("architecture");
  if (found != file.metadata().end() && found->second == kArchitecture) return;
  throw Error(
      Code::bad_format,
      fmt::format("{}: metadata 'architecture' is {}, expected '{}'; convert the checkpoint with "
                  "tools/convert_checkpoint.py",
                  file.path().string(), found == file.metadata().end() ? "missing" : fmt::format("'{}'", found->second),
                  kArchitecture));
}

}  // namespace

TemporalShift TemporalShift::from(const at::Tensor& positions) {
  TemporalShift shift;
  const at::Tensor values = positions.contiguous();
  const auto* position = values.const_data_ptr<float>();
  for (std::int64_t c = 0; c < values.numel(); ++c) {
    const float floor = std::floor(position[c]);
    shift.first.push_back(static_cast<std::int64_t>(floor));
    shift.weight.push_back(position[c] - floor);
  }
  return shift;
}

std::int64_t TemporalShift::ahead() const {
  std::int64_t most = 0;
  for (std::size_t c = 0; c < first.size(); ++c) most = std::max(most, first[c] + (weight[c] > 0 ? 1 : 0));
  return most;
}

std::int64_t TemporalShift::behind() const {
  std::int64_t most = 0;
  for (const std::int64_t offset : first) most = std::max(most, -offset);
  return most;
}

Weights Weights::load(const core::SafeTensors& file) {
  check_architecture(file);
  Weights weights;
  weights.joints = load_tensor(file, "l1.gcn1.Feature_Mask", {1, -1, kCoordinates}).size(1);
  const Affine norm = load_batch_norm(file, "data_bn", kPersons * weights.joints * kCoordinates);
  const std::vector<std::int64_t> shape = {kPersons, weights.joints, kCoordinates};
  weights.input_norm = {norm.scale.view(shape), norm.offset.view(shape)};
  for (std::size_t i = 0; i < kWidths.size(); ++i) weights.units.push_back(load_unit(file, i, weights.joints));
  weights.classifier = load_tensor(file, "fc.weight", {-1, kFeatures});
  weights.classifier_bias = load_tensor(file, "fc.bias", {weights.classifier.size(0)});
  weights.names = read_classes(file, weights.classifier.size(0));
  return weights;
}

}  // namespace purlscope::models::shift
