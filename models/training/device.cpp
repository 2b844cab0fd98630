#include "models/training/device.h"

#include <ATen/Context.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <torch/cuda.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace purlscope::models {
namespace {

constexpr std::string_view kProcessor = "cpu", kGpu = "cuda", kNumbered = "cuda:";
constexpr const char* kDriver = "libcuda.so.1";
constexpr const char* kCudaPart = "libtorch_cuda.so";

/// Number in "cuda:N", 0 in "cuda"; nothing for other names.
std::optional<c10::DeviceIndex> number_in(std::string_view name) {
  if (name == kGpu) return c10::DeviceIndex{0};
  if (!name.starts_with(kNumbered)) return std::nullopt;
  const std::string_view digits = name.substr(kNumbered.size());
  c10::DeviceIndex number = -1;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failure != std::errc() || end != digits.data() + digits.size() || number < 0) return std::nullopt;
  return number;
}

/// Opens a library for the rest of the process. @return what is wrong; empty = it is open
std::string open_library(const char* name) {
  if (dlopen(name, RTLD_LAZY | RTLD_GLOBAL) != nullptr) return {};
  const char* reason = dlerror();
  return reason == nullptr ? std::string(name) : std::string(reason);
}

/// Why no GPU can be used; empty when its libraries are open. Asked once a process.
const std::string& missing_library() {
  static const std::string missing = [] {
    if (const std::string reason = open_library(kDriver); !reason.empty()) {
      return fmt::format("NVIDIA's driver cannot be opened ({})", reason);
    }
    if (const std::string reason = open_library(kCudaPart); !reason.empty()) {
      return fmt::format(
          "LibTorch's part for GPUs cannot be opened ({}); ./run.sh --setup-only installs it on a "
          "machine with an NVIDIA GPU",
          reason);
    }
    return std::string();
  }();
  return missing;
}

Error no_gpu(const std::string& name, const std::string& reason) {
  return {Code::unsupported, fmt::format("'device' is '{}': {}: use 'cpu', or 'auto', which takes a GPU where one "
                                         "answers",
                                         name, reason)};
}

/// What is called single precision is just that: by default LibTorch rounds the inputs of convolutions to ten bits.
void compute_in_full_precision() {
  at::globalContext().setFloat32Precision(at::Float32Backend::CUDA, at::Float32Op::CONV, at::Float32Precision::IEEE);
}

}  // namespace

void check_device(const std::string& name) {
  if (name == kAutoDevice || name == kProcessor || number_in(name)) return;
  throw Error(
      Code::bad_argument,
      fmt::format("'device' is '{}': expected 'auto', 'cpu', 'cuda' or 'cuda:N' with the number of a GPU, the first "
                  "being 0",
                  name));
}

std::optional<int> gpu_number(const std::string& name) {
  check_device(name);
  if (name == kProcessor) return std::nullopt;
  return number_in(name).value_or(0);
}

void open_cuda() { missing_library(); }

at::Device find_device(const std::string& name) {
  check_device(name);
  if (name == kProcessor) return at::kCPU;
  const std::string& missing = missing_library();
  const int count = missing.empty() ? torch::cuda::device_count() : 0;
  const c10::DeviceIndex wanted = number_in(name).value_or(0);
  if (wanted < count) {
    compute_in_full_precision();
    return {at::kCUDA, wanted};
  }
  if (name == kAutoDevice) return at::kCPU;
  if (!missing.empty()) throw no_gpu(name, missing);
  if (count == 0) {
    throw no_gpu(name,
                 "the driver is there, but no GPU answers (nvidia-smi lists those that do; CUDA_VISIBLE_DEVICES "
                 "hides others)");
  }
  throw no_gpu(name, fmt::format("the GPUs that answer are numbered 0 to {}", count - 1));
}

bool is_full(const c10::Error& error) {
  if (dynamic_cast<const c10::OutOfMemoryError*>(&error) != nullptr) return true;
  const std::string_view message = error.what_without_backtrace();
  // How CUDA and its libraries say it, past LibTorch's own allocator.
  return std::ranges::any_of(std::array{"out of memory", "ALLOC_FAILED"},
                             [&](const char* sign) { return message.find(sign) != std::string_view::npos; });
}

Error device_full(at::Device device) {
  return {Code::limit,
          fmt::format("the memory of {} is full: choose a smaller 'batch' in the sections 'backbone' and "
                      "'head' of the config, or \"device\": \"cpu\"; close other programs that use the GPU",
                      device.str())};
}

}  // namespace purlscope::models
