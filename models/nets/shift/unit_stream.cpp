#include "models/nets/shift/unit_stream.h"

#include <algorithm>

#include "models/nets/shift/frames.h"

namespace purlscope::models::shift {
namespace {

/// out [D, J] = weight [D, C] times x [C, J]
void mix(const at::Tensor& weight, const float* x, float* out, std::int64_t joints) {
  at::Tensor product = at::from_blob(out, {weight.size(0), joints}, at::kFloat);
  // from_blob() takes no const pointer; the product leaves its factors as they are.
  at::mm_out(product, weight, at::from_blob(const_cast<float*>(x), {weight.size(1), joints}, at::kFloat));
}

const float* data(const at::Tensor& tensor) { return tensor.const_data_ptr<float>(); }

std::int64_t reach(const TemporalShift& shift) { return shift.behind() + shift.ahead() + 1; }

}  // namespace

Ring::Ring(std::int64_t frames, std::int64_t size)
    : frames_(frames), size_(size), values_(static_cast<std::size_t>(frames * size)) {}

float* Ring::add() { return values_.data() + place(count_++) * size_; }

UnitStream::UnitStream(const UnitWeights& unit, std::int64_t joints)
    : unit_(unit),
      joints_(joints),
      ahead_in_(unit.time_in.ahead()),
      ahead_out_(unit.time_out.ahead()),
      inputs_(ahead_in_ + ahead_out_ + 1, unit.in * joints),
      spatial_(reach(unit.time_in), unit.out * joints),
      hidden_(reach(unit.time_out), unit.out * joints) {
  const auto widest = static_cast<std::size_t>(std::max(unit.in, unit.out) * joints);
  for (auto* values : {&taken_, &mixed_, &wide_, &out_}) values->resize(widest);
}

const float* UnitStream::push(const float* frame) {
  add_spatial(frame);
  if (frame != nullptr) ++length_;
  const std::int64_t hidden = spatial_.count() - 1 - ahead_in_;
  if (hidden < 0) return nullptr;
  add_hidden(hidden);
  const std::int64_t number = hidden - ahead_out_;
  if (number < 0 || number % unit_.stride != 0 || number >= length_) return nullptr;
  make_output(number);
  ++outputs_;
  return out_.data();
}

void UnitStream::add_spatial(const float* frame) {
  const std::int64_t inputs = unit_.in * joints_, outputs = unit_.out * joints_;
  float* const kept = inputs_.add();
  float* const out = spatial_.add();
  if (frame == nullptr) {
    std::fill_n(kept, inputs, 0.0F);
    std::fill_n(out, outputs, 0.0F);
    return;
  }
  std::copy_n(frame, inputs, kept);
  rotate_in(frame, data(unit_.mask), taken_.data(), {unit_.in, joints_});
  mix(unit_.linear, taken_.data(), mixed_.data(), joints_);
  const bool widens = unit_.down.weight.defined();
  if (widens) mix(unit_.down.weight, frame, wide_.data(), joints_);
  rotate_out(mixed_.data(),
             {data(unit_.norm.scale), data(unit_.norm.offset), data(unit_.before.scale), data(unit_.before.offset)},
             widens ? wide_.data() : frame, out, {unit_.out, joints_});
}

void UnitStream::add_hidden(std::int64_t number) {
  float* const out = hidden_.add();
  const FrameSize size{unit_.out, joints_};
  if (number >= length_) {
    std::fill_n(out, unit_.out * joints_, 0.0F);
    return;
  }
  shift_frame(frames_around(spatial_, number, unit_.time_in), unit_.time_in, taken_.data(), size);
  mix(unit_.temporal, taken_.data(), out, joints_);
  rectify_frame(data(unit_.temporal_bias), out, size);
}

void UnitStream::make_output(std::int64_t number) {
  const FrameSize size{unit_.out, joints_};
  shift_frame(frames_around(hidden_, number, unit_.time_out), unit_.time_out, out_.data(), size);
  const float* residual = unit_.residual ? inputs_.at(number) : nullptr;
  if (unit_.skip.weight.defined()) {
    mix(unit_.skip.weight, residual, mixed_.data(), joints_);
    residual = mixed_.data();
  }
  finish_frame(data(unit_.after.scale), data(unit_.after.offset), residual, out_.data(), size);
}

/// The frame of a number in a list of its neighbours that reaches as far as the shift.
const float* const* UnitStream::frames_around(const Ring& ring, std::int64_t number, const TemporalShift& shift) {
  const std::int64_t behind = shift.behind();
  around_.clear();
  for (std::int64_t k = -behind; k <= shift.ahead(); ++k) around_.push_back(ring.at(number + k));
  return around_.data() + behind;
}

}  // namespace purlscope::models::shift
