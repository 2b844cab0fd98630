#include "models/nets/shift_gcn_stream.h"

#include <c10/core/InferenceMode.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <deque>
#include <utility>

#include "core/base/error.h"
#include "models/nets/shift/unit_stream.h"

namespace purlscope::models {

struct ShiftGcnStream::Impl {
  Impl(std::shared_ptr<const shift::Weights> w, at::Tensor empty_share, std::int64_t frames)
      : weights(std::move(w)), empty(std::move(empty_share)), steps(frames / ShiftGcn::kTimeStride) {
    for (const shift::UnitWeights& unit : weights->units) units.emplace_back(unit, weights->joints);
  }

  /// Hands a frame (null = the end) to a unit and what comes out of it to the next ones. @return the last one's output
  const float* pass(const float* frame, std::size_t first) {
    const float* out = units[first].push(frame);
    for (std::size_t unit = first + 1; unit < units.size() && out != nullptr; ++unit) out = units[unit].push(out);
    return out;
  }

  at::Tensor keep(const float* features) {
    at::Tensor step =
        at::from_blob(const_cast<float*>(features), {weights->units.back().out, weights->joints}, at::kFloat).clone();
    pooled.push_back(step.mean(1));
    if (static_cast<std::int64_t>(pooled.size()) > steps) pooled.pop_front();
    return step;
  }

  std::shared_ptr<const shift::Weights> weights;
  at::Tensor empty;  // [256] pooled features of the empty slot
  std::int64_t steps;
  std::vector<shift::UnitStream> units;
  std::deque<at::Tensor> pooled;  // [256] each
  bool ended = false;
};

ShiftGcnStream::ShiftGcnStream(const ShiftGcn& network, std::int64_t window) {
  const c10::InferenceMode inference;
  if (window <= 0 || window % ShiftGcn::kTimeStride != 0) {
    throw Error(Code::bad_argument,
                fmt::format("Shift-GCN's stream got a window of {} frames, expected a multiple of {}", window,
                            ShiftGcn::kTimeStride));
  }
  impl_ = std::make_unique<Impl>(network.weights(), network.empty_slot(1, window).mean({1, 2}), window);
}
ShiftGcnStream::~ShiftGcnStream() = default;
ShiftGcnStream::ShiftGcnStream(ShiftGcnStream&&) noexcept = default;
ShiftGcnStream& ShiftGcnStream::operator=(ShiftGcnStream&&) noexcept = default;

at::Tensor ShiftGcnStream::push(const at::Tensor& frame) {
  const c10::InferenceMode inference;
  const shift::Weights& weights = *impl_->weights;
  if (impl_->ended) throw Error(Code::bad_argument, "the stream has ended; open another for what follows");
  if (frame.dim() != 2 || frame.size(0) != shift::kCoordinates || frame.size(1) != weights.joints) {
    throw Error(Code::shape_mismatch, fmt::format("Shift-GCN's stream got a frame of shape [{}], expected [{}, {}]",
                                                  fmt::join(frame.sizes(), ", "), shift::kCoordinates, weights.joints));
  }
  const at::Tensor x =
      (frame * weights.input_norm.scale[0].t() + weights.input_norm.offset[0].t()).to(at::kFloat).contiguous();
  const float* const out = impl_->pass(x.const_data_ptr<float>(), 0);
  return out == nullptr ? at::Tensor() : impl_->keep(out);
}

std::vector<at::Tensor> ShiftGcnStream::finish() {
  const c10::InferenceMode inference;
  impl_->ended = true;
  std::vector<at::Tensor> steps;
  for (std::size_t unit = 0; unit < impl_->units.size(); ++unit) {
    while (!impl_->units[unit].complete()) {
      const float* const out = impl_->pass(nullptr, unit);
      if (out != nullptr) steps.push_back(impl_->keep(out));
    }
  }
  return steps;
}

at::Tensor ShiftGcnStream::logits() const {
  const c10::InferenceMode inference;
  if (impl_->pooled.empty()) {
    throw Error(Code::bad_argument,
                fmt::format("the stream has no step yet; the first one is known after {} frames", delay() + 1));
  }
  const at::Tensor performer = at::stack(std::vector<at::Tensor>(impl_->pooled.begin(), impl_->pooled.end())).mean(0);
  const at::Tensor features = (performer + impl_->empty) / static_cast<double>(ShiftGcn::kPersons);
  return at::mv(impl_->weights->classifier, features) + impl_->weights->classifier_bias;
}

std::int64_t ShiftGcnStream::delay() const {
  std::int64_t frames = 0, rate = 1;
  for (std::size_t i = 0; i < impl_->units.size(); ++i) {
    frames += rate * impl_->units[i].delay();
    rate *= impl_->weights->units[i].stride;
  }
  return frames;
}

std::int64_t ShiftGcnStream::memory() const {
  std::int64_t frames = 0, rate = 1;
  for (std::size_t i = 0; i < impl_->units.size(); ++i) {
    frames += rate * impl_->units[i].memory();
    rate *= impl_->weights->units[i].stride;
  }
  return frames;
}

}  // namespace purlscope::models
