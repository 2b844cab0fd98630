#include "models/nets/shift_gcn.h"

#include <ATen/core/grad_mode.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/base/safetensors.h"
#include "models/nets/batch_norm.h"
#include "models/nets/shift_kernels.h"
#include "models/weights/load.h"

namespace purlscope::models {
namespace {

constexpr std::int64_t kCoordinates = 3;
constexpr std::array<std::int64_t, 10> kWidths = {64, 64, 64, 64, 128, 128, 128, 256, 256, 256};
constexpr std::array<std::int64_t, 10> kStrides = {1, 1, 1, 1, 2, 1, 1, 2, 1, 1};
constexpr std::int64_t kFeatures = kWidths.back();

/// 1 x 1 convolution: [D, C] times [C, T, J].
at::Tensor mix(const at::Tensor& weight, const at::Tensor& x) {
  return at::mm(weight, x.reshape({x.size(0), -1})).view({weight.size(0), x.size(1), x.size(2)});
}

/// A 1 x 1 convolution whose batch norm is folded in.
struct Mixer {
  at::Tensor weight;  ///< [D, C]
  at::Tensor offset;  ///< [D]

  static Mixer load(const core::SafeTensors& file, const std::string& conv, const std::string& norm, std::int64_t in,
                    std::int64_t out) {
    const Affine affine = load_batch_norm(file, norm, out);
    const at::Tensor weight = load_tensor(file, conv + ".weight", {out, in, 1, 1}).view({out, in});
    const at::Tensor bias = load_tensor(file, conv + ".bias", {out});
    return {weight * affine.scale.unsqueeze(1), bias * affine.scale + affine.offset};
  }
};

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

class Unit {
 public:
  Unit(const core::SafeTensors& file, std::size_t index, std::int64_t joints)
      : stride_(kStrides[index]), first_(index == 0) {
    const std::int64_t in = first_ ? kCoordinates : kWidths[index - 1];
    const std::int64_t out = kWidths[index];
    const std::string unit = fmt::format("l{}.", index + 1);
    load_spatial(file, unit + "gcn1.", in, out, joints);
    load_temporal(file, unit + "tcn1.", out);
    if (!first_ && (in != out || stride_ != 1)) {
      skip_ = Mixer::load(file, unit + "residual.conv", unit + "residual.bn", in, out);
      after_.offset = after_.offset + skip_.offset;
    }
  }

  /// [C, T, J] -> [D, T / stride, J]
  at::Tensor forward(const at::Tensor& x) const {
    const at::Tensor linear = mix(linear_, rotate_in(x, mask_));
    const at::Tensor spatial = rotate_out(linear, norm_, down_.weight.defined() ? mix(down_.weight, x) : x, before_);
    const at::Tensor temporal = mix(temporal_, shift_in(spatial, time_in_));
    return shift_out(temporal, temporal_bias_, time_out_, stride_, after_, residual(x));
  }

 private:
  void load_spatial(const core::SafeTensors& file, const std::string& name, std::int64_t in, std::int64_t out,
                    std::int64_t joints) {
    check_rotation(file, name + "shift_in", in, joints, 1);
    check_rotation(file, name + "shift_out", out, joints, -1);
    mask_ = (load_tensor(file, name + "Feature_Mask", {1, joints, in})[0].tanh() + 1).t().contiguous();
    linear_ = load_tensor(file, name + "Linear_weight", {in, out}).t().contiguous();
    const at::Tensor bias = load_tensor(file, name + "Linear_bias", {1, 1, out}).view({1, out});
    const Affine norm = load_batch_norm(file, name + "bn", joints * out);
    const at::Tensor scale = norm.scale.view({joints, out});
    norm_ = {scale.t().contiguous(), (bias * scale + norm.offset.view({joints, out})).t().contiguous()};
    if (in == out) return;
    down_ = Mixer::load(file, name + "down.0", name + "down.1", in, out);
    norm_.offset = norm_.offset + down_.offset.unsqueeze(1);
  }

  void load_temporal(const core::SafeTensors& file, const std::string& name, std::int64_t channels) {
    before_ = load_batch_norm(file, name + "bn", channels);
    after_ = load_batch_norm(file, name + "bn2", channels);
    temporal_ =
        load_tensor(file, name + "temporal_linear.weight", {channels, channels, 1, 1}).view({channels, channels});
    temporal_bias_ = load_tensor(file, name + "temporal_linear.bias", {channels});
    time_in_ = TemporalShift::from(load_positions(file, name + "shift_in.ypos", channels));
    // With stride s an output frame lies in the middle of the s input frames it stands for.
    const double centre = static_cast<double>(stride_ - 1) / 2;
    time_out_ = TemporalShift::from(load_positions(file, name + "shift_out.ypos", channels) + centre);
  }

  at::Tensor residual(const at::Tensor& x) const {
    if (first_) return {};
    if (!skip_.weight.defined()) return x;
    return mix(skip_.weight, x.slice(1, 0, x.size(1), stride_));
  }

  std::int64_t stride_;
  bool first_;
  at::Tensor mask_;    // [C, J]
  at::Tensor linear_;  // [D, C]
  Affine norm_;        // [D, J] with the biases of linear and down
  Mixer down_;         // empty when the width stays
  Affine before_;      // [D] batch norm before the shift in time
  TemporalShift time_in_;
  at::Tensor temporal_;       // [D, D]
  at::Tensor temporal_bias_;  // [D]
  TemporalShift time_out_;
  Affine after_;  // [D] with the bias of skip
  Mixer skip_;    // empty for an identity or no residual
};

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

}  // namespace

struct ShiftGcn::Impl {
  explicit Impl(const core::SafeTensors& file) {
    const auto architecture = file.metadata().find("architecture");
    if (architecture == file.metadata().end() || architecture->second != kArchitecture) {
      throw Error(Code::bad_format,
                  fmt::format("{}: metadata 'architecture' is {}, expected '{}'; convert the checkpoint with "
                              "tools/convert_checkpoint.py",
                              file.path().string(),
                              architecture == file.metadata().end() ? "missing" : "'" + architecture->second + "'",
                              kArchitecture));
    }
    const at::Tensor mask = load_tensor(file, "l1.gcn1.Feature_Mask", {1, -1, kCoordinates});
    joints = mask.size(1);
    const Affine norm = load_batch_norm(file, "data_bn", kPersons * joints * kCoordinates);
    const auto by_person = [&](const at::Tensor& values) {
      return values.view({kPersons, joints, kCoordinates}).transpose(1, 2).unsqueeze(2).contiguous();
    };
    input_norm = {by_person(norm.scale), by_person(norm.offset)};
    for (std::size_t i = 0; i < kWidths.size(); ++i) units.emplace_back(file, i, joints);
    classifier = load_tensor(file, "fc.weight", {-1, kFeatures});
    classifier_bias = load_tensor(file, "fc.bias", {classifier.size(0)});
    classes = read_classes(file, classifier.size(0));
  }

  /// Features of what stands in a person's slot. @param x [3, T, J]
  at::Tensor features(const at::Tensor& x, std::int64_t person) const {
    at::Tensor y = (x * input_norm.scale[person] + input_norm.offset[person]).contiguous();
    for (const Unit& unit : units) y = unit.forward(y);
    return y;
  }

  /// Features of an empty slot: constant for the weights and a number of frames.
  at::Tensor empty_features(const at::Tensor& zeros, std::int64_t person) const {
    const std::lock_guard lock(empty_mutex);
    at::Tensor& known = empty[{person, zeros.size(1)}];
    if (!known.defined()) known = features(zeros, person);
    return known;
  }

  std::int64_t joints = 0;
  Affine input_norm;  // [2, 3, 1, J]
  std::vector<Unit> units;
  at::Tensor classifier, classifier_bias;
  std::vector<std::string> classes;
  mutable std::mutex empty_mutex;
  mutable std::map<std::pair<std::int64_t, std::int64_t>, at::Tensor> empty;  // by person slot and frames
};

ShiftGcn::ShiftGcn(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ShiftGcn::~ShiftGcn() = default;
ShiftGcn::ShiftGcn(ShiftGcn&&) noexcept = default;
ShiftGcn& ShiftGcn::operator=(ShiftGcn&&) noexcept = default;

ShiftGcn ShiftGcn::load(const std::filesystem::path& file) {
  return ShiftGcn(std::make_unique<Impl>(core::SafeTensors::open(file)));
}

ShiftGcn::Output ShiftGcn::forward(const at::Tensor& input) const {
  const at::NoGradGuard no_grad;
  if (input.dim() != 4 || input.size(0) != kCoordinates || input.size(1) == 0 || input.size(1) % kTimeStride != 0 ||
      input.size(2) != impl_->joints || input.size(3) != kPersons) {
    throw Error(Code::shape_mismatch,
                fmt::format("Shift-GCN got an input of shape [{}], expected [{}, T, {}, {}] with T a multiple of {}",
                            fmt::join(input.sizes(), ", "), kCoordinates, impl_->joints, kPersons, kTimeStride));
  }
  at::Tensor sum;
  for (std::int64_t person = 0; person < kPersons; ++person) {
    const at::Tensor x = input.select(3, person);
    const at::Tensor y = x.any().item<bool>() ? impl_->features(x, person) : impl_->empty_features(x, person);
    sum = sum.defined() ? sum + y : y;
  }
  const at::Tensor features = sum / static_cast<double>(kPersons);
  const at::Tensor pooled = features.mean({1, 2});
  return {at::mv(impl_->classifier, pooled) + impl_->classifier_bias, features};
}

const std::vector<std::string>& ShiftGcn::classes() const { return impl_->classes; }

}  // namespace purlscope::models
