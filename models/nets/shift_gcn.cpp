#include "models/nets/shift_gcn.h"

#include <ATen/core/grad_mode.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <mutex>
#include <utility>

#include "core/base/error.h"
#include "core/base/safetensors.h"
#include "models/nets/shift/weights.h"
#include "models/nets/shift/window.h"

namespace purlscope::models {

static_assert(ShiftGcn::kPersons == shift::kPersons && ShiftGcn::kTimeStride == shift::kTimeStride);

struct ShiftGcn::Impl {
  explicit Impl(const core::SafeTensors& file)
      : weights(std::make_shared<const shift::Weights>(shift::Weights::load(file))) {}

  /// Features of what stands in a person's slot. @param x [3, T, J]
  at::Tensor features(const at::Tensor& x, std::int64_t person) {
    std::unique_ptr<shift::Buffers> buffers = take_buffers(x.size(1));
    at::Tensor out = shift::features(*weights, x, person, *buffers);
    const std::lock_guard lock(mutex);
    idle = std::move(buffers);
    return out;
  }

  /// Features of an empty slot: constant for the weights and a number of frames.
  at::Tensor empty_features(const at::Tensor& zeros, std::int64_t person) {
    const std::pair key(person, zeros.size(1));
    {
      const std::lock_guard lock(mutex);
      if (const auto known = empty.find(key); known != empty.end()) return known->second;
    }
    const at::Tensor found = features(zeros, person);
    const std::lock_guard lock(mutex);
    return empty.emplace(key, found).first->second;
  }

  /// Those of the call before, when nobody else has them and they fit.
  std::unique_ptr<shift::Buffers> take_buffers(std::int64_t frames) {
    std::unique_ptr<shift::Buffers> found;
    {
      const std::lock_guard lock(mutex);
      found = std::move(idle);
    }
    if (found && found->fit(frames)) return found;
    return std::make_unique<shift::Buffers>(*weights, frames);
  }

  std::shared_ptr<const shift::Weights> weights;
  std::mutex mutex;
  std::unique_ptr<shift::Buffers> idle;
  std::map<std::pair<std::int64_t, std::int64_t>, at::Tensor> empty;  // by person slot and frames
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
  const shift::Weights& weights = *impl_->weights;
  if (input.dim() != 4 || input.size(0) != shift::kCoordinates || input.size(1) == 0 ||
      input.size(1) % kTimeStride != 0 || input.size(2) != weights.joints || input.size(3) != kPersons) {
    throw Error(
        Code::shape_mismatch,
        fmt::format("Shift-GCN got an input of shape [{}], expected [{}, T, {}, {}] with T a multiple of {}",
                    fmt::join(input.sizes(), ", "), shift::kCoordinates, weights.joints, kPersons, kTimeStride));
  }
  at::Tensor sum;
  for (std::int64_t person = 0; person < kPersons; ++person) {
    const at::Tensor x = input.select(3, person);
    const at::Tensor y = x.any().item<bool>() ? impl_->features(x, person) : impl_->empty_features(x, person);
    sum = sum.defined() ? sum + y : y;
  }
  const at::Tensor features = sum / static_cast<double>(kPersons);
  const at::Tensor pooled = features.mean({1, 2});
  return {at::mv(weights.classifier, pooled) + weights.classifier_bias, features};
}

std::shared_ptr<const shift::Weights> ShiftGcn::weights() const { return impl_->weights; }

at::Tensor ShiftGcn::empty_slot(std::int64_t person, std::int64_t frames) const {
  return impl_->empty_features(at::zeros({shift::kCoordinates, frames, impl_->weights->joints}), person);
}

const std::vector<std::string>& ShiftGcn::classes() const { return impl_->weights->names; }

}  // namespace purlscope::models
