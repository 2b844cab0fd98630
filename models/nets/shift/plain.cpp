#include "models/nets/shift/plain.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <vector>

#include "models/training/device.h"

namespace purlscope::models::shift {
namespace {

/// Values of a channel, or of a channel and joint, against planes [N, C, T, J].
at::Tensor by_channel(const at::Tensor& values) { return values.view({1, -1, 1, 1}); }
at::Tensor by_joint(const at::Tensor& values) { return values.view({1, values.size(0), 1, values.size(1)}); }

at::Tensor mix(const at::Tensor& weight, const at::Tensor& x) {
  return at::matmul(weight, x.flatten(2)).view({x.size(0), weight.size(0), x.size(2), x.size(3)});
}

/// out[c, j] = x[c, (j + sign * c) mod J]
at::Tensor rotate(const at::Tensor& x, std::int64_t sign) {
  const std::int64_t channels = x.size(1), joints = x.size(3);
  const auto whole = x.options().dtype(at::kLong);
  const at::Tensor from = at::arange(joints, whole) + sign * at::arange(channels, whole).unsqueeze(1);
  return x.gather(3, at::remainder(from, joints).view({1, channels, 1, joints}).expand_as(x));
}

/// A learned shift in time on its device.
struct Shift {
  at::Tensor first;  ///< [C] whole
  at::Tensor weight;
  std::int64_t margin = 0;  ///< frames of zeros that it may reach

  Shift(const TemporalShift& shift, at::Device device)
      : first(at::tensor(shift.first, at::kLong).to(device)),
        weight(at::tensor(shift.weight).to(device)),
        margin(std::max(shift.ahead(), shift.behind()) + 1) {}

  at::Tensor operator()(const at::Tensor& x, std::int64_t stride) const {
    const std::int64_t channels = x.size(1), outputs = x.size(2) / stride;
    const at::Tensor padded = at::constant_pad_nd(x, {0, 0, margin, margin});
    const at::Tensor frame = at::arange(outputs, first.options()) * stride + margin;
    const at::Tensor from = (first.unsqueeze(1) + frame).view({1, channels, outputs, 1});
    const std::vector<std::int64_t> size = {x.size(0), channels, outputs, x.size(3)};
    const at::Tensor earlier = padded.gather(2, from.expand(size)), later = padded.gather(2, (from + 1).expand(size));
    return earlier * (1 - by_channel(weight)) + later * by_channel(weight);
  }
};

struct Unit {
  UnitWeights weights;  // tensors on the device
  Shift time_in, time_out;

  Unit(const UnitWeights& unit, at::Device device)
      : weights(unit), time_in(unit.time_in, device), time_out(unit.time_out, device) {
    UnitWeights& w = weights;
    for (at::Tensor* tensor :
         {&w.mask, &w.linear, &w.norm.scale, &w.norm.offset, &w.down.weight, &w.before.scale, &w.before.offset,
          &w.temporal, &w.temporal_bias, &w.after.scale, &w.after.offset, &w.skip.weight}) {
      if (tensor->defined()) *tensor = tensor->to(device);
    }
  }

  /// The equations of UnitWeights. @param x [N, C, T, J]
  at::Tensor operator()(const at::Tensor& x) const {
    const UnitWeights& w = weights;
    const at::Tensor turned = rotate(mix(w.linear, rotate(x, 1) * by_joint(w.mask)), -1);
    const at::Tensor around = w.down.weight.defined() ? mix(w.down.weight, x) : x;
    const at::Tensor space = at::relu(turned * by_joint(w.norm.scale) + by_joint(w.norm.offset) + around);
    const at::Tensor scaled = space * by_channel(w.before.scale) + by_channel(w.before.offset);
    const at::Tensor hidden = at::relu(mix(w.temporal, time_in(scaled, 1)) + by_channel(w.temporal_bias));
    at::Tensor out = time_out(hidden, w.stride) * by_channel(w.after.scale) + by_channel(w.after.offset);
    if (w.skip.weight.defined()) {
      out = out + mix(w.skip.weight, x.slice(2, 0, x.size(2), w.stride));
    } else if (w.residual) {
      out = out + x;
    }
    return at::relu(out);
  }
};

class Plain final : public Runner {
 public:
  Plain(const Weights& weights, at::Device device)
      : device_(device),
        scale_(weights.input_norm.scale.to(device)),
        offset_(weights.input_norm.offset.to(device)),
        classifier_(weights.classifier.to(device)),
        bias_(weights.classifier_bias.to(device)) {
    for (const UnitWeights& unit : weights.units) units_.emplace_back(unit, device);
  }

  std::string device() const override {
    return device_.is_cpu() ? "CPU, operator by operator" : device_.str() + ", by LibTorch's operators";
  }

  Answer run(const at::Tensor& batch, bool with_features) override {
    if (device_.is_cpu()) return compute(batch, with_features);
    try {
      return within_memory(device_, [&] { return compute(batch, with_features); });
    } catch (const c10::Error& error) {
      throw Unusable{error.what_without_backtrace()};
    }
  }

 private:
  Answer compute(const at::Tensor& batch, bool with_features) const {
    const c10::InferenceMode inference;
    const std::int64_t samples = batch.size(0), frames = batch.size(2), joints = batch.size(3);
    // [B, 3, T, J, 2] -> [B, 2, J, 3, T], as the norm has its channels
    at::Tensor x = batch.to(device_).permute({0, 4, 3, 1, 2});
    x = x * scale_.unsqueeze(0).unsqueeze(4) + offset_.unsqueeze(0).unsqueeze(4);
    x = x.permute({0, 1, 3, 4, 2}).reshape({samples * kPersons, kCoordinates, frames, joints});
    for (const Unit& unit : units_) x = unit(x);
    const at::Tensor features = x.view({samples, kPersons, x.size(1), x.size(2), joints}).mean(1);
    const at::Tensor logits = at::matmul(features.mean({2, 3}), classifier_.t()) + bias_;
    return {logits.to(at::kCPU), with_features ? features.to(at::kCPU) : at::Tensor()};
  }

  at::Device device_;
  at::Tensor scale_, offset_, classifier_, bias_;
  std::vector<Unit> units_;
};

}  // namespace

std::unique_ptr<Runner> make_plain(const Weights& weights, at::Device device) {
  return std::make_unique<Plain>(weights, device);
}

}  // namespace purlscope::models::shift
