// A stand-in for the engine library, built in several kinds to try the loader.
#include "core/base/error.h"
#include "core/engine/loader.h"
#include "tests/support/mock_engine.h"

#ifndef PURLSCOPE_FAKE_WITHOUT_ENTRY

namespace {

class FakeModule : public purlscope::core::EngineModule {
 public:
  int abi() const override { return purlscope::core::kEngineAbi + PURLSCOPE_FAKE_ABI_OFFSET; }
  std::unique_ptr<purlscope::core::Engine> make_engine(const purlscope::core::EngineOptions& options) override {
    if (!options.model.empty()) {
      throw purlscope::Error(purlscope::Code::not_found, options.model.string() + ": no such model");
    }
    return std::make_unique<purlscope::test::MockEngine>();
  }
  std::unique_ptr<purlscope::core::Lab> make_lab(const purlscope::core::EngineOptions&) override { return nullptr; }
  std::unique_ptr<purlscope::core::ClosedSetStream> make_closed_set_stream(const std::filesystem::path&) override {
    return nullptr;
  }
  purlscope::core::GpuReport gpu() override { return {}; }
};

}  // namespace

extern "C" purlscope::core::EngineModule* purlscope_engine_module() {
  static FakeModule module;
  return &module;
}

#endif
