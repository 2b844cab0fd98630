#include "tests/models/cuda/support/simulated_gpu.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "models/cuda/loader.h"

namespace purlscope::test {

SimulatedGpu::SimulatedGpu() {
  std::string reason;
  module_ = models::cuda::open_module(PURLSCOPE_SIMULATED_LIBRARY, reason);
  if (module_ == nullptr) throw std::runtime_error(reason);
  void* const library = dlopen(PURLSCOPE_SIMULATED_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  simulation_ = reinterpret_cast<SimulationEntry>(dlsym(library, kSimulationEntry))();
  reset();
  const models::cuda::Status status = module_->open(0, device_);
  if (!status.done()) throw std::runtime_error(status.text);
}

SimulatedGpu::~SimulatedGpu() { reset(); }

void SimulatedGpu::reset() const {
  Simulation fresh;
  fresh.allocated = simulation_->allocated;  // by what other tests hold
  *simulation_ = fresh;
}

void SimulatedGpu::fail(const char* call, int code, int times) const {
  simulation_->failing_call = call;
  simulation_->failing_code = code;
  simulation_->failures = times;
}

}  // namespace purlscope::test
