#include "core/engine/loader.h"
#include "models/cuda/loader.h"
#include "models/engine/closed_set_stream.h"
#include "models/engine/engine.h"
#include "models/engine/guard.h"
#include "models/engine/lab.h"

namespace purlscope::models {
namespace {

class CpuModule final : public core::EngineModule {
 public:
  int abi() const override { return core::kEngineAbi; }

  std::unique_ptr<core::Engine> make_engine(const core::EngineOptions& options) override {
    return guarded("starting the engine",
                   [&]() -> std::unique_ptr<core::Engine> { return std::make_unique<CpuEngine>(options); });
  }

  std::unique_ptr<core::Lab> make_lab(const core::EngineOptions& options) override {
    return guarded("starting the lab",
                   [&]() -> std::unique_ptr<core::Lab> { return std::make_unique<CpuLab>(options); });
  }

  std::unique_ptr<core::ClosedSetStream> make_closed_set_stream(const std::filesystem::path& weights) override {
    return guarded("opening a stream", [&] { return open_closed_set_stream(weights); });
  }

  core::GpuReport gpu() override { return cuda::report_gpu(); }
};

}  // namespace
}  // namespace purlscope::models

extern "C" __attribute__((visibility("default"))) purlscope::core::EngineModule* purlscope_engine_module() {
  static purlscope::models::CpuModule module;
  return &module;
}
