#pragma once

#include <filesystem>
#include <memory>

#include "core/engine/closed_set_stream.h"
#include "core/engine/engine.h"
#include "core/engine/gpu_report.h"
#include "core/engine/lab.h"

namespace purlscope::core {

/// Version of the C++ interfaces behind the entry point; a library of another version is refused.
inline constexpr int kEngineAbi = 6;

/// What the engine library offers. Its one C entry point `purlscope_engine_module` returns this.
class EngineModule {
 public:
  virtual ~EngineModule() = default;
  virtual int abi() const = 0;  ///< kEngineAbi of the library's own build
  /// Quick: model and text encoder are opened by the engine's first use.
  virtual std::unique_ptr<Engine> make_engine(const EngineOptions& options) = 0;
  /// As make_engine(); engines and labs share nothing.
  virtual std::unique_ptr<Lab> make_lab(const EngineOptions& options) = 0;
  /// What Engine::classify_closed_set() runs on windows, a frame at a time. Opens the weights.
  /// @throws Error as Engine::classify_closed_set()
  virtual std::unique_ptr<ClosedSetStream> make_closed_set_stream(const std::filesystem::path& weights) = 0;
  /// What the engine can do on this machine's first GPU. Opens the driver; throws nothing.
  virtual GpuReport gpu() = 0;
};

/// Signature of the entry point: `extern "C" purlscope::core::EngineModule* purlscope_engine_module()`.
using EngineEntry = EngineModule* (*)();
inline constexpr const char* kEngineEntry = "purlscope_engine_module";

/// Opens the engine library (dlopen, kept for the life of the process) and returns its module. Thread: any; takes about
/// half a second the first time.
/// @param library  empty = engine_library()
/// @throws Error{Code::not_found} with the place and the loader's reason, Error{Code::unsupported} for another ABI
EngineModule& load_engine_module(const std::filesystem::path& library = {});

/// Shorthand: load_engine_module().make_engine(options).
std::unique_ptr<Engine> load_engine(const EngineOptions& options = {});

}  // namespace purlscope::core
