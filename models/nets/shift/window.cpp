#include "models/nets/shift/window.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

#include "models/nets/shift/rows.h"

namespace purlscope::models::shift {
namespace {

/// out [D, T] = weight [D, C] times x [C, T]
void mix(const at::Tensor& weight, float* x, float* out, std::int64_t frames) {
  at::Tensor product = at::from_blob(out, {weight.size(0), frames}, at::kFloat);
  at::mm_out(product, weight, at::from_blob(x, {weight.size(1), frames}, at::kFloat));
}

std::int64_t farthest(const TemporalShift& shift) { return std::max(shift.ahead(), shift.behind()) + 1; }

}  // namespace

Buffers::Buffers(const Weights& weights, std::int64_t frames) : frames_(frames) {
  std::int64_t plane = kCoordinates * frames, length = frames;  // largest [C, T]
  for (const UnitWeights& unit : weights.units) {
    margin_ = std::max({margin_, farthest(unit.time_in), farthest(unit.time_out)});
    plane = std::max(plane, unit.out * length);
    length /= unit.stride;
  }
  const auto size = static_cast<std::size_t>(plane);
  const auto row = static_cast<std::size_t>(frames + 2 * margin_);
  for (auto* planes : {&now_, &next_, &shifted_, &down_})
    planes->resize(size * static_cast<std::size_t>(weights.joints));
  zeros_.resize(static_cast<std::size_t>(frames));
  scratch_.resize(static_cast<std::size_t>(at::get_num_threads()));
  for (Scratch& one : scratch_) {
    for (auto* part : {&one.taken, &one.mixed, &one.residual}) part->resize(size);
    one.row.resize(row);
  }
}

bool Buffers::fit(std::int64_t frames) const {
  return frames == frames_ && scratch_.size() >= static_cast<std::size_t>(at::get_num_threads());
}

Buffers::Scratch& Buffers::scratch() { return scratch_.at(static_cast<std::size_t>(at::get_thread_num())); }

/// One unit on one window: three loops over joints, each joint by one thread.
class Pass {
 public:
  Pass(const UnitWeights& unit, std::int64_t joints, std::int64_t frames, Buffers& buffers)
      : unit_(unit), joints_(joints), frames_(frames), outputs_(frames / unit.stride), buffers_(buffers) {}

  void run() {
    if (unit_.down.weight.defined()) each_joint([this](std::int64_t j, Buffers::Scratch&) { widen(j); });
    each_joint([this](std::int64_t j, Buffers::Scratch& scratch) { shift_joints(j, scratch); });
    each_joint([this](std::int64_t j, Buffers::Scratch& scratch) { shift_times(j, scratch); });
    std::swap(buffers_.now_, buffers_.next_);
  }

 private:
  template <typename Work>
  void each_joint(const Work& work) {
    at::parallel_for(0, joints_, 1, [&](std::int64_t begin, std::int64_t end) {
      const c10::InferenceMode inference;  // of this thread
      Buffers::Scratch& scratch = buffers_.scratch();
      for (std::int64_t j = begin; j < end; ++j) work(j, scratch);
    });
  }

  float* input(std::int64_t joint) { return buffers_.now_.data() + joint * unit_.in * frames_; }
  float* down(std::int64_t joint) { return buffers_.down_.data() + joint * unit_.out * frames_; }
  float* shifted(std::int64_t joint) { return buffers_.shifted_.data() + joint * unit_.out * frames_; }

  void widen(std::int64_t joint) { mix(unit_.down.weight, input(joint), down(joint), frames_); }

  /// Takes what the shift over joints brings to this joint, maps it, and gives it back to where it belongs, already
  /// shifted in time.
  void shift_joints(std::int64_t joint, Buffers::Scratch& scratch) {
    const auto* mask = unit_.mask.const_data_ptr<float>();
    for (std::int64_t c = 0; c < unit_.in; ++c) {
      const float* row = input((joint + c) % joints_) + c * frames_;
      scale_row(row, mask[c * joints_ + joint], scratch.taken.data() + c * frames_, frames_);
    }
    mix(unit_.linear, scratch.taken.data(), scratch.mixed.data(), frames_);
    const auto* scale = unit_.norm.scale.const_data_ptr<float>();
    const auto* offset = unit_.norm.offset.const_data_ptr<float>();
    const auto* next_scale = unit_.before.scale.const_data_ptr<float>();
    const auto* next_offset = unit_.before.offset.const_data_ptr<float>();
    float* row = clean_row(scratch, frames_);
    for (std::int64_t d = 0; d < unit_.out; ++d) {
      const std::int64_t target = (joint + d) % joints_, place = d * joints_ + target;
      const float* residual = (unit_.down.weight.defined() ? down(target) : input(target)) + d * frames_;
      spatial_row(scratch.mixed.data() + d * frames_, residual,
                  {scale[place], offset[place], next_scale[d], next_offset[d]}, row, frames_);
      const auto index = static_cast<std::size_t>(d);
      const float later = unit_.time_in.weight[index];
      shift_row(row + unit_.time_in.first[index], 1.0F - later, later, shifted(target) + d * frames_, frames_);
    }
  }

  void shift_times(std::int64_t joint, Buffers::Scratch& scratch) {
    mix(unit_.temporal, shifted(joint), scratch.mixed.data(), frames_);
    const float* residual = residual_of(joint, scratch);
    const auto* bias = unit_.temporal_bias.const_data_ptr<float>();
    const auto* scale = unit_.after.scale.const_data_ptr<float>();
    const auto* offset = unit_.after.offset.const_data_ptr<float>();
    float* row = clean_row(scratch, frames_);
    float* out = buffers_.next_.data() + joint * unit_.out * outputs_;
    for (std::int64_t d = 0; d < unit_.out; ++d) {
      rectify_row(scratch.mixed.data() + d * frames_, bias[d], row, frames_);
      const auto index = static_cast<std::size_t>(d);
      const float later = unit_.time_out.weight[index];
      temporal_row(row + unit_.time_out.first[index], unit_.residual ? residual + d * outputs_ : buffers_.zeros_.data(),
                   {scale[d] * (1.0F - later), scale[d] * later, offset[d]}, unit_.stride, out + d * outputs_,
                   outputs_);
    }
  }

  /// [D, T / stride]
  const float* residual_of(std::int64_t joint, Buffers::Scratch& scratch) {
    if (!unit_.skip.weight.defined()) return input(joint);
    const float* x = input(joint);
    for (std::int64_t c = 0; c < unit_.in; ++c) {
      float* row = scratch.taken.data() + c * outputs_;
      for (std::int64_t t = 0; t < outputs_; ++t) row[t] = x[c * frames_ + t * unit_.stride];
    }
    mix(unit_.skip.weight, scratch.taken.data(), scratch.residual.data(), outputs_);
    return scratch.residual.data();
  }

  /// The first frame of the scratch row, whose margins are zero.
  float* clean_row(Buffers::Scratch& scratch, std::int64_t frames) {
    float* first = scratch.row.data() + buffers_.margin_;
    std::fill(first + frames, scratch.row.data() + scratch.row.size(), 0.0F);
    return first;
  }

  const UnitWeights& unit_;
  std::int64_t joints_, frames_, outputs_;
  Buffers& buffers_;
};

at::Tensor features(const Weights& weights, const at::Tensor& x, std::int64_t person, Buffers& buffers) {
  const at::Tensor scale = weights.input_norm.scale[person].unsqueeze(2);
  const at::Tensor offset = weights.input_norm.offset[person].unsqueeze(2);
  const at::Tensor input = (x.permute({2, 0, 1}) * scale + offset).contiguous();  // [J, 3, T]
  std::copy_n(input.const_data_ptr<float>(), input.numel(), buffers.planes());
  std::int64_t frames = buffers.frames();
  for (const UnitWeights& unit : weights.units) {
    Pass(unit, weights.joints, frames, buffers).run();
    frames /= unit.stride;
  }
  const at::Tensor planes =
      at::from_blob(buffers.planes(), {weights.joints, weights.units.back().out, frames}, at::kFloat);
  return planes.clone().permute({1, 2, 0});
}

}  // namespace purlscope::models::shift
