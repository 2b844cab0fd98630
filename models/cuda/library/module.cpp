#include <cuda_runtime.h>

#include <memory>

#include "models/cuda/interface.h"
#include "models/cuda/library/check.h"
#include "models/cuda/library/kernels.h"
#include "models/cuda/library/shift_gcn.h"

namespace purlscope::models::cuda {
namespace {

int attribute(cudaDeviceAttr which, int number) {
  int value = 0;
  check(cudaDeviceGetAttribute(&value, which, number), "asking the GPU what it is");
  return value;
}

/// Units for single precision in a multiprocessor. Source: CUDA C++ Programming Guide, throughput of arithmetic
/// instructions.
int lanes(int major, int minor) { return major == 7 || (major == 8 && minor == 0) ? 64 : 128; }

DeviceFacts facts_of(int number) {
  cudaDeviceProp properties{};
  check(cudaGetDeviceProperties(&properties, number), "asking the GPU what it is");
  DeviceFacts facts;
  facts.name = properties.name;
  facts.major = properties.major;
  facts.minor = properties.minor;
  facts.processors = properties.multiProcessorCount;
  facts.memory_bytes = properties.totalGlobalMem;
  const double clock = 1e3 * attribute(cudaDevAttrClockRate, number);  // given in kHz
  const double memory_clock = 1e3 * attribute(cudaDevAttrMemoryClockRate, number);
  const double bus_bytes = attribute(cudaDevAttrGlobalMemoryBusWidth, number) / 8.0;
  facts.peak_gflops = 2 * 1e-9 * clock * facts.processors * lanes(facts.major, facts.minor);
  facts.peak_gbytes_s = 2 * 1e-9 * memory_clock * bus_bytes;
  return facts;
}

void expect_task(const AttentionTask& task) {
  constexpr int kMostSamples = 65535;  // of a grid's second direction
  const bool fits = task.samples >= 1 && task.samples <= kMostSamples && task.labels >= 1 && task.nodes >= 1 &&
                    task.width >= 1 && task.directions != nullptr && task.points != nullptr &&
                    task.weights != nullptr && task.pooled != nullptr;
  if (!fits) refuse(Outcome::unusable, "no kernel for attention of this shape");
}

class Gpu final : public Device {
 public:
  explicit Gpu(int number) : number_(number), facts_(facts_of(number)) {
    check(cudaSetDevice(number), "choosing the GPU");
    expect_kernels();
  }

  const DeviceFacts& facts() const override { return facts_; }

  Status open_shift_gcn(const ShiftNetwork& network, std::unique_ptr<ShiftGcn>& out) override {
    return guarded([&] {
      check(cudaSetDevice(number_), "choosing the GPU");
      out = std::make_unique<DeviceShiftGcn>(number_, facts_.processors, network);
    });
  }

  Status attend(const AttentionTask& task, void* stream) override {
    return guarded([&] {
      expect_task(task);
      check(cudaSetDevice(number_), "choosing the GPU");
      queue_attention(
          {task.directions, task.points, task.places, task.weights, task.pooled, task.labels, task.nodes, task.width},
          task.samples, static_cast<cudaStream_t>(stream));
    });
  }

 private:
  int number_;
  DeviceFacts facts_;
};

class CudaModule final : public Module {
 public:
  int abi() const override { return kAbi; }
  Status count(int& devices) override {
    return guarded([&] { check(cudaGetDeviceCount(&devices), "counting GPUs"); });
  }
  Status open(int number, std::shared_ptr<Device>& out) override {
    return guarded([&] { out = std::make_shared<Gpu>(number); });
  }
};

}  // namespace
}  // namespace purlscope::models::cuda

extern "C" __attribute__((visibility("default"))) purlscope::models::cuda::Module* purlscope_cuda_module() {
  static purlscope::models::cuda::CudaModule module;
  return &module;
}
