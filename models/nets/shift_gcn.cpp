#include "models/nets/shift_gcn.h"

#include <ATen/core/grad_mode.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/safetensors.h"
#include "models/cuda/loader.h"
#include "models/nets/shift/fused.h"
#include "models/nets/shift/plain.h"
#include "models/nets/shift/weights.h"
#include "models/nets/shift/window.h"
#include "models/training/device.h"

namespace purlscope::models {

namespace {

constexpr const char* kProcessor = "CPU";

void expect_batch(const at::Tensor& batch, const shift::Weights& weights) {
  if (batch.dim() == 5 && batch.size(0) > 0 && batch.size(1) == shift::kCoordinates && batch.size(2) > 0 &&
      batch.size(2) % shift::kTimeStride == 0 && batch.size(3) == weights.joints && batch.size(4) == shift::kPersons) {
    return;
  }
  const at::IntArrayRef found = batch.sizes().slice(batch.dim() > 0 ? 1 : 0);  // without the samples
  throw Error(
      Code::shape_mismatch,
      fmt::format("Shift-GCN got an input of shape [{}], expected [{}, T, {}, {}] with T a multiple of {}",
                  fmt::join(found, ", "), shift::kCoordinates, weights.joints, shift::kPersons, shift::kTimeStride));
}

}  // namespace

static_assert(ShiftGcn::kPersons == shift::kPersons && ShiftGcn::kTimeStride == shift::kTimeStride);

struct ShiftGcn::Impl {
  explicit Impl(const core::SafeTensors& file)
      : weights(std::make_shared<const shift::Weights>(shift::Weights::load(file))) {}

  /// On whatever serves. @param batch [B, 3, T, J, 2]
  shift::Answer run(const at::Tensor& batch, bool with_features) {
    while (const std::shared_ptr<shift::Runner> serving = current()) {
      try {
        return serving->run(batch, with_features);
      } catch (const shift::Unusable& failure) {
        give_up(serving, failure.reason);
      }
    }
    return run_on_processor(batch, with_features);
  }

  std::shared_ptr<shift::Runner> current() {
    const std::lock_guard lock(mutex);
    return runner;
  }

  /// What comes after own kernels: LibTorch's operators on the same GPU where its part for GPUs is installed.
  std::shared_ptr<shift::Runner> second_choice() const {
    const at::Device device = gpu ? find_device(kAutoDevice) : at::kCPU;
    if (device.is_cpu()) return nullptr;
    return shift::make_plain(*weights, {device.type(), static_cast<c10::DeviceIndex>(*gpu)});
  }

  void give_up(const std::shared_ptr<shift::Runner>& failed, const std::string& reason) {
    const std::lock_guard lock(mutex);
    if (runner != failed) return;  // another thread has
    runner = fused ? second_choice() : nullptr;
    fused = false;
    core::log(core::LogLevel::warning, fmt::format("Shift-GCN on {}: {}; it goes on on {}", failed->device(), reason,
                                                   runner ? runner->device() : kProcessor));
  }

  shift::Answer run_on_processor(const at::Tensor& batch, bool with_features) {
    std::vector<at::Tensor> logits, planes;
    for (const at::Tensor& input : batch.unbind(0)) {
      at::Tensor sum;
      for (std::int64_t person = 0; person < kPersons; ++person) {
        const at::Tensor x = input.select(3, person);
        const at::Tensor y = x.any().item<bool>() ? features(x, person) : empty_features(x, person);
        sum = sum.defined() ? sum + y : y;
      }
      const at::Tensor mean = sum / static_cast<double>(kPersons);
      logits.push_back(at::mv(weights->classifier, mean.mean({1, 2})) + weights->classifier_bias);
      if (with_features) planes.push_back(mean.unsqueeze(0));
    }
    return {at::stack(logits), with_features ? at::cat(planes) : at::Tensor()};
  }

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
  std::shared_ptr<shift::Runner> runner;                              // null: the processor
  bool fused = false;                                                 // the runner has own kernels
  std::optional<int> gpu;                                             // number of the GPU that was chosen
};

ShiftGcn::ShiftGcn(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ShiftGcn::~ShiftGcn() = default;
ShiftGcn::ShiftGcn(ShiftGcn&&) noexcept = default;
ShiftGcn& ShiftGcn::operator=(ShiftGcn&&) noexcept = default;

ShiftGcn ShiftGcn::load(const std::filesystem::path& file) {
  return ShiftGcn(std::make_unique<Impl>(core::SafeTensors::open(file)));
}

void ShiftGcn::compute_on(const std::string& device, bool plain) {
  const std::optional<int> number = gpu_number(device);
  impl_->runner = nullptr;
  impl_->fused = false;
  impl_->gpu = number;
  if (plain || !number) {
    if (plain) impl_->runner = shift::make_plain(*impl_->weights, find_device(device));
    return;
  }
  const cuda::Found found = cuda::find_gpu(*number);
  if (found.device) return compute_on(found.device, cuda::name_of(*found.device, *number));
  const at::Device second = find_device(device);  // refuses a GPU that was named and does not answer
  if (second.is_cuda()) impl_->runner = shift::make_plain(*impl_->weights, second);
  if (!found.has_hardware) return;
  core::log(core::LogLevel::warning, fmt::format("own kernels for the GPU cannot be used: {}; Shift-GCN runs on {}. {}",
                                                 found.reason, this->device(), found.remedy));
}

void ShiftGcn::compute_on(std::shared_ptr<cuda::Device> gpu, const std::string& name) {
  try {
    impl_->runner = shift::make_fused(*impl_->weights, std::move(gpu), name);
    impl_->fused = true;
  } catch (const shift::Unusable& failure) {
    impl_->runner = impl_->second_choice();
    core::log(core::LogLevel::warning,
              fmt::format("Shift-GCN on {}: {}; it runs on {}", name, failure.reason, device()));
  }
}

std::string ShiftGcn::device() const {
  const std::shared_ptr<shift::Runner> runner = impl_->current();
  return runner ? runner->device() : kProcessor;
}

ShiftGcn::Output ShiftGcn::forward(const at::Tensor& input) const {
  const at::NoGradGuard no_grad;
  const at::Tensor batch = input.unsqueeze(0);
  expect_batch(batch, *impl_->weights);
  const shift::Answer answer = impl_->run(batch.to(at::kFloat).contiguous(), true);
  return {answer.logits[0], answer.features[0]};
}

at::Tensor ShiftGcn::logits(const at::Tensor& batch) const {
  const at::NoGradGuard no_grad;
  expect_batch(batch, *impl_->weights);
  return impl_->run(batch.to(at::kFloat).contiguous(), false).logits;
}

std::shared_ptr<const shift::Weights> ShiftGcn::weights() const { return impl_->weights; }

at::Tensor ShiftGcn::empty_slot(std::int64_t person, std::int64_t frames) const {
  return impl_->empty_features(at::zeros({shift::kCoordinates, frames, impl_->weights->joints}), person);
}

const std::vector<std::string>& ShiftGcn::classes() const { return impl_->weights->names; }

}  // namespace purlscope::models
