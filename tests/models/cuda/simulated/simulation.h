#pragma once

#include <cstddef>
#include <string>

namespace purlscope::test {

/// What a test asks of the simulated GPU and what it counts. One for each opened library.
struct Simulation {
  int devices = 1;
  int processors = 8;                ///< few, so that tests meet both heights of tiles
  std::size_t memory = 8ULL << 30U;  ///< bytes that the device has

  std::string failing_call;  ///< name of the function of CUDA that fails; empty = none
  int failures = 0;          ///< how often it fails yet; negative = always
  int failing_code = 0;      ///< as cudaError_t

  int kernels = 0;            ///< grids that have run
  int captures = 0;           ///< graphs recorded
  int graph_launches = 0;     ///< graphs queued
  int sleeping_waits = 0;     ///< waits on events that put the thread to sleep
  int spinning_waits = 0;     ///< all others
  std::size_t allocated = 0;  ///< bytes of the device now
};

/// Exported by the library that is built against the simulated GPU.
using SimulationEntry = Simulation* (*)();
inline constexpr const char* kSimulationEntry = "purlscope_simulation";

}  // namespace purlscope::test
