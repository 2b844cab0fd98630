#include "models/cuda/loader.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <map>
#include <mutex>

#include "core/base/paths.h"

namespace purlscope::models::cuda {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDriver = "libcuda.so.1";
constexpr const char* kLibrary = "libpurlscope_cuda.so";
constexpr const char* kDeviceFile = "/dev/nvidia0";

std::string loader_reason() {
  const char* reason = dlerror();
  return reason == nullptr ? "no reason given" : reason;
}

template <typename Function>
Function symbol(void* library, const char* name) {
  return reinterpret_cast<Function>(dlsym(library, name));
}

/// GPUs that NVIDIA's driver counts, asked of it directly: no library of CUDA is opened for a machine without any.
int count_gpus() {
  void* const driver = dlopen(kDriver, RTLD_LAZY | RTLD_LOCAL);
  if (driver == nullptr) return -1;
  const auto start = symbol<int (*)(unsigned)>(driver, "cuInit");
  const auto count = symbol<int (*)(int*)>(driver, "cuDeviceGetCount");
  int gpus = 0;
  if (start == nullptr || count == nullptr || start(0) != 0 || count(&gpus) != 0) return 0;
  return gpus;
}

fs::path library_file() { return core::engine_library().parent_path() / kLibrary; }

bool is_installed() {
  std::error_code unreachable;
  return fs::exists(library_file(), unreachable);
}

/// What this process knows of GPUs and the library, asked once.
struct Machine {
  int gpus = 0;  // -1: no driver
  Module* module = nullptr;
  std::string reason, remedy;

  static const Machine& get() {
    static const Machine machine = ask();
    return machine;
  }

 private:
  static Machine ask() {
    Machine machine;
    machine.gpus = count_gpus();
    std::error_code unreachable;
    if (machine.gpus < 0 && fs::exists(kDeviceFile, unreachable)) {
      machine.reason = fmt::format("an NVIDIA GPU without {}", kDriver);
      machine.remedy = "Install NVIDIA's driver to have the GPU used.";
    } else if (machine.gpus < 0) {
      machine.reason = "no NVIDIA driver";
    } else if (machine.gpus == 0) {
      machine.reason = "the driver is there, but no GPU answers";
      machine.remedy = "nvidia-smi lists the GPUs that answer; CUDA_VISIBLE_DEVICES hides others.";
    } else {
      open(machine);
    }
    return machine;
  }

  static void open(Machine& machine) {
    const fs::path library = library_file();
    if (!is_installed()) {
      machine.reason = fmt::format("{} is not there: this build has no GPU kernels", library.string());
      machine.remedy = "Install the CUDA toolkit 13 (nvcc) and build again: ./run.sh --setup-only.";
      return;
    }
    machine.module = open_module(library, machine.reason);
    machine.remedy = machine.module == nullptr ? "Install program and engine of the same version." : "";
  }
};

}  // namespace

Module* open_module(const fs::path& library, std::string& reason) {
  void* const handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) {
    reason = fmt::format("{} cannot be loaded: {}", library.string(), loader_reason());
    return nullptr;
  }
  const auto entry = symbol<Entry>(handle, kEntry);
  Module* const module = entry == nullptr ? nullptr : entry();
  if (module == nullptr) {
    reason = fmt::format("{}: no entry point '{}'", library.string(), kEntry);
    return nullptr;
  }
  if (module->abi() != kAbi) {
    reason = fmt::format("{}: GPU interface {}, this engine needs {}", library.string(), module->abi(), kAbi);
    return nullptr;
  }
  return module;
}

Found find_gpu(int number) {
  static std::mutex mutex;
  static std::map<int, Found> known;
  const Machine& machine = Machine::get();
  const std::lock_guard lock(mutex);
  if (const auto found = known.find(number); found != known.end()) return found->second;
  Found found{nullptr, machine.reason, machine.remedy, machine.gpus > 0};
  if (machine.module != nullptr) {
    const Status status = machine.module->open(number, found.device);
    found.reason = status.text;
    if (!status.done()) found.remedy = "Update NVIDIA's driver to one for CUDA 13, or use another GPU.";
  }
  return known.emplace(number, found).first->second;
}

std::string name_of(const Device& device, int number) {
  return fmt::format("{} (cuda:{})", device.facts().name, number);
}

core::GpuReport report_gpu() {
  const Found found = find_gpu(0);
  core::GpuReport report;
  report.remedy = found.remedy;
  if (!found.device) {
    report.detail = fmt::format("{}: the engine runs on the processor (GPU kernels {})", found.reason,
                                is_installed() ? "are installed" : "are left out of this build");
    return report;
  }
  constexpr double kGiB = 1024.0 * 1024.0 * 1024.0;
  const DeviceFacts& facts = found.device->facts();
  report.usable = true;
  report.detail =
      fmt::format("{}, compute capability {}.{}, {:.0f} GiB: Shift-GCN and learned heads run there",
                  name_of(*found.device, 0), facts.major, facts.minor, static_cast<double>(facts.memory_bytes) / kGiB);
  report.peak_gflops = facts.peak_gflops;
  report.peak_gbytes_s = facts.peak_gbytes_s;
  return report;
}

}  // namespace purlscope::models::cuda
