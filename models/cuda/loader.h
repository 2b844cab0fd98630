#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/engine/gpu_report.h"
#include "models/cuda/interface.h"

/// The engine's side of the library of own kernels. Thread: any.
namespace purlscope::models::cuda {

/// A GPU, or why there is none.
struct Found {
  std::shared_ptr<Device> device;
  std::string reason;         ///< why there is none, a clause
  std::string remedy;         ///< what would help; empty where nothing is amiss
  bool has_hardware = false;  ///< a driver answers: that the library cannot be used is worth a message
};

/// Opens a library of kernels for the rest of the process.
/// @return null where it cannot be used, `reason` says why
Module* open_module(const std::filesystem::path& library, std::string& reason);

/// The GPU of this number, through the library that lies beside the engine's. It is opened only where NVIDIA's driver
/// counts a GPU; on all other machines asking costs the search for one file, once a process.
Found find_gpu(int number);

/// "NVIDIA H200 (cuda:0)"
std::string name_of(const Device& device, int number);

/// Of the first GPU, for `doctor` and `bench`.
core::GpuReport report_gpu();

}  // namespace purlscope::models::cuda
