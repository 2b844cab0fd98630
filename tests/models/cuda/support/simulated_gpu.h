#pragma once

#include <memory>

#include "models/cuda/interface.h"
#include "tests/models/cuda/simulated/simulation.h"

namespace purlscope::test {

/// The library for GPUs on a GPU that the processor plays, opened as the engine opens the real one. One device for a
/// test program; each test begins with fresh settings and counters.
class SimulatedGpu {
 public:
  SimulatedGpu();
  ~SimulatedGpu();
  SimulatedGpu(const SimulatedGpu&) = delete;
  SimulatedGpu& operator=(const SimulatedGpu&) = delete;

  models::cuda::Module& module() const { return *module_; }
  std::shared_ptr<models::cuda::Device> device() const { return device_; }
  Simulation& simulation() const { return *simulation_; }
  /// Makes a function of CUDA fail. @param times negative = always
  void fail(const char* call, int code, int times = -1) const;

 private:
  void reset() const;

  models::cuda::Module* module_ = nullptr;
  Simulation* simulation_ = nullptr;
  std::shared_ptr<models::cuda::Device> device_;
};

/// Codes of CUDA's errors that tests ask for.
inline constexpr int kOutOfMemory = 2, kNoKernelImage = 209, kIllegalAddress = 700;

}  // namespace purlscope::test
