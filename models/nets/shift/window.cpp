#include "models/nets/shift/window.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <atomic>

#include "models/nets/shift/rows.h"
#include "models/nets/tiles/product.h"

namespace purlscope::models::shift {
namespace {

/// Numbers from a row of what a map gives to the next: whole tiles.
std::int64_t pitch_of(std::int64_t frames) {
  return (frames + tiles::kTileRows - 1) / tiles::kTileRows * tiles::kTileRows;
}

/// A map of a unit, in both forms.
struct Map {
  const at::Tensor& weight;  ///< [D, C]
  const tiles::Factor& cut;
};

/// out [D, pitch of T] = weight [D, C] times x [C, T]
void mix(const Map& map, float* x, float* out, std::int64_t frames, tiles::Factor& factor) {
  const std::int64_t pitch = pitch_of(frames);
  if (map.cut.outer() > 0) {
    factor.fill_columns(x, map.weight.size(1), frames);
    tiles::multiply(map.cut, factor, nullptr, {out, pitch});
    return;
  }
  at::Tensor product = at::from_blob(out, {map.weight.size(0), frames}, {pitch, 1}, at::kFloat);
  at::mm_out(product, map.weight, at::from_blob(x, {map.weight.size(1), frames}, at::kFloat));
}

std::int64_t farthest(const TemporalShift& shift) { return std::max(shift.ahead(), shift.behind()) + 1; }

}  // namespace

Buffers::Buffers(const Weights& weights, std::int64_t frames) : frames_(frames) {
  std::int64_t plane = kCoordinates * frames, length = frames;  // largest [C, T]
  for (const UnitWeights& unit : weights.units) {
    margin_ = std::max({margin_, farthest(unit.time_in), farthest(unit.time_out)});
    plane = std::max(plane, unit.out * pitch_of(length));
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
      : unit_(unit),
        joints_(joints),
        frames_(frames),
        outputs_(frames / unit.stride),
        pitch_(pitch_of(frames)),
        buffers_(buffers) {}

  void run() {
    if (unit_.down.weight.defined())
      each_joint([this](std::int64_t j, Buffers::Scratch& scratch) { widen(j, scratch); });
    each_joint([this](std::int64_t j, Buffers::Scratch& scratch) { shift_joints(j, scratch); });
    each_joint([this](std::int64_t j, Buffers::Scratch& scratch) { shift_times(j, scratch); });
    std::swap(buffers_.now_, buffers_.next_);
  }

 private:
  /// A thread takes the next joint when it has done one, so that none waits for a thread whose core is busy elsewhere.
  template <typename Work>
  void each_joint(const Work& work) {
    std::atomic<std::int64_t> next{0};
    at::parallel_for(0, std::min<std::int64_t>(joints_, at::get_num_threads()), 1, [&](std::int64_t, std::int64_t) {
      const c10::InferenceMode inference;  // of this thread
      Buffers::Scratch& scratch = buffers_.scratch();
      for (std::int64_t j = next++; j < joints_; j = next++) work(j, scratch);
    });
  }

  float* input(std::int64_t joint) { return buffers_.now_.data() + joint * unit_.in * frames_; }
  float* down(std::int64_t joint) { return buffers_.down_.data() + joint * unit_.out * pitch_; }
  float* shifted(std::int64_t joint) { return buffers_.shifted_.data() + joint * unit_.out * frames_; }

  void widen(std::int64_t joint, Buffers::Scratch& scratch) {
    mix({unit_.down.weight, unit_.tiles.down}, input(joint), down(joint), frames_, scratch.factor);
  }

  /// Takes what the shift over joints brings to this joint, maps it, and gives it back to where it belongs, already
  /// shifted in time.
  void shift_joints(std::int64_t joint, Buffers::Scratch& scratch) {
    const auto* mask = unit_.mask.const_data_ptr<float>();
    for (std::int64_t c = 0; c < unit_.in; ++c) {
      const float* row = input((joint + c) % joints_) + c * frames_;
      scale_row(row, mask[c * joints_ + joint], scratch.taken.data() + c * frames_, frames_);
    }
    mix({unit_.linear, unit_.tiles.linear}, scratch.taken.data(), scratch.mixed.data(), frames_, scratch.factor);
    const bool widened = unit_.down.weight.defined();
    const auto* scale = unit_.norm.scale.const_data_ptr<float>();
    const auto* offset = unit_.norm.offset.const_data_ptr<float>();
    const auto* next_scale = unit_.before.scale.const_data_ptr<float>();
    const auto* next_offset = unit_.before.offset.const_data_ptr<float>();
    float* row = clean_row(scratch, frames_);
    for (std::int64_t d = 0; d < unit_.out; ++d) {
      const std::int64_t target = (joint + d) % joints_, place = d * joints_ + target;
      const float* residual = widened ? down(target) + d * pitch_ : input(target) + d * frames_;
      spatial_row(scratch.mixed.data() + d * pitch_, residual,
                  {scale[place], offset[place], next_scale[d], next_offset[d]}, row, frames_);
      const auto index = static_cast<std::size_t>(d);
      const float later = unit_.time_in.weight[index];
      shift_row(row + unit_.time_in.first[index], 1.0F - later, later, shifted(target) + d * frames_, frames_);
    }
  }

  void shift_times(std::int64_t joint, Buffers::Scratch& scratch) {
    mix({unit_.temporal, unit_.tiles.temporal}, shifted(joint), scratch.mixed.data(), frames_, scratch.factor);
    const Rows residual = residual_of(joint, scratch);
    const auto* bias = unit_.temporal_bias.const_data_ptr<float>();
    const auto* scale = unit_.after.scale.const_data_ptr<float>();
    const auto* offset = unit_.after.offset.const_data_ptr<float>();
    float* row = clean_row(scratch, frames_);
    float* out = buffers_.next_.data() + joint * unit_.out * outputs_;
    for (std::int64_t d = 0; d < unit_.out; ++d) {
      rectify_row(scratch.mixed.data() + d * pitch_, bias[d], row, frames_);
      const auto index = static_cast<std::size_t>(d);
      const float later = unit_.time_out.weight[index];
      temporal_row(row + unit_.time_out.first[index], residual.first + d * residual.pitch,
                   {scale[d] * (1.0F - later), scale[d] * later, offset[d]}, unit_.stride, out + d * outputs_,
                   outputs_);
    }
  }

  struct Rows {
    const float* first;
    std::int64_t pitch;
  };

  /// [D, T / stride]
  Rows residual_of(std::int64_t joint, Buffers::Scratch& scratch) {
    if (!unit_.residual) return {buffers_.zeros_.data(), 0};
    if (!unit_.skip.weight.defined()) return {input(joint), frames_};
    const float* x = input(joint);
    for (std::int64_t c = 0; c < unit_.in; ++c) {
      float* row = scratch.taken.data() + c * outputs_;
      for (std::int64_t t = 0; t < outputs_; ++t) row[t] = x[c * frames_ + t * unit_.stride];
    }
    mix({unit_.skip.weight, unit_.tiles.skip}, scratch.taken.data(), scratch.residual.data(), outputs_, scratch.factor);
    return {scratch.residual.data(), pitch_of(outputs_)};
  }

  /// The first frame of the scratch row, whose margins are zero.
  float* clean_row(Buffers::Scratch& scratch, std::int64_t frames) {
    float* first = scratch.row.data() + buffers_.margin_;
    std::fill(first + frames, scratch.row.data() + scratch.row.size(), 0.0F);
    return first;
  }

  const UnitWeights& unit_;
  std::int64_t joints_, frames_, outputs_, pitch_;
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
