#include "models/nets/shift/fused.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <deque>
#include <utility>
#include <vector>

#include "core/base/error.h"

namespace purlscope::models::shift {
namespace {

/// The weights as plain data, alive while a network is opened.
class PlainData {
 public:
  explicit PlainData(const Weights& weights) {
    network.joints = static_cast<int>(weights.joints);
    network.classes = static_cast<int>(weights.classifier.size(0));
    network.input_scale = data(weights.input_norm.scale);
    network.input_offset = data(weights.input_norm.offset);
    network.classifier = data(weights.classifier);
    network.classifier_bias = data(weights.classifier_bias);
    for (const UnitWeights& unit : weights.units) add(unit);
  }

  cuda::ShiftNetwork network;

 private:
  /// Null for an undefined tensor.
  const float* data(const at::Tensor& tensor) {
    if (!tensor.defined()) return nullptr;
    kept_.push_back(tensor.contiguous());
    return kept_.back().const_data_ptr<float>();
  }
  cuda::TimeShift shift(const TemporalShift& from) {
    offsets_.emplace_back(from.first.begin(), from.first.end());
    return {offsets_.back().data(), from.weight.data()};
  }
  void add(const UnitWeights& unit) {
    cuda::ShiftUnit out;
    out.in = static_cast<int>(unit.in);
    out.out = static_cast<int>(unit.out);
    out.stride = static_cast<int>(unit.stride);
    out.residual = unit.residual;
    out.mask = data(unit.mask);
    out.linear = data(unit.linear);
    out.norm_scale = data(unit.norm.scale);
    out.norm_offset = data(unit.norm.offset);
    out.down = data(unit.down.weight);
    out.before_scale = data(unit.before.scale);
    out.before_offset = data(unit.before.offset);
    out.time_in = shift(unit.time_in);
    out.temporal = data(unit.temporal);
    out.temporal_bias = data(unit.temporal_bias);
    out.time_out = shift(unit.time_out);
    out.after_scale = data(unit.after.scale);
    out.after_offset = data(unit.after.offset);
    out.skip = data(unit.skip.weight);
    network.units.push_back(out);
  }

  std::vector<at::Tensor> kept_;
  std::deque<std::vector<std::int32_t>> offsets_;
};

class Fused final : public Runner {
 public:
  Fused(const Weights& weights, std::shared_ptr<cuda::Device> gpu, std::string name)
      : gpu_(std::move(gpu)),
        name_(std::move(name)),
        features_(weights.units.back().out),
        joints_(weights.joints),
        classes_(weights.classifier.size(0)) {
    const PlainData data(weights);
    const cuda::Status status = gpu_->open_shift_gcn(data.network, network_);
    if (!status.done()) throw Unusable{status.text};
  }

  std::string device() const override { return name_; }

  Answer run(const at::Tensor& batch, bool with_features) override {
    const std::int64_t samples = batch.size(0), frames = batch.size(2);
    Answer answer{at::empty({samples, classes_}), {}};
    if (with_features) answer.features = at::empty({samples, features_, frames / kTimeStride, joints_});
    const cuda::Status status = network_->run({static_cast<int>(samples), static_cast<int>(frames),
                                               batch.const_data_ptr<float>(), answer.logits.mutable_data_ptr<float>(),
                                               with_features ? answer.features.mutable_data_ptr<float>() : nullptr});
    if (status.outcome == cuda::Outcome::unusable) throw Unusable{status.text};
    if (!status.done()) {
      throw Error(Code::limit, fmt::format("Shift-GCN on {}, {} windows of {} frames: {}: give it fewer windows at "
                                           "once, close other programs that use the GPU, or choose the device cpu",
                                           name_, samples, frames, status.text));
    }
    return answer;
  }

 private:
  std::shared_ptr<cuda::Device> gpu_;
  std::string name_;
  std::int64_t features_, joints_, classes_;
  std::unique_ptr<cuda::ShiftGcn> network_;
};

}  // namespace

std::unique_ptr<Runner> make_fused(const Weights& weights, std::shared_ptr<cuda::Device> gpu, std::string name) {
  return std::make_unique<Fused>(weights, std::move(gpu), std::move(name));
}

}  // namespace purlscope::models::shift
