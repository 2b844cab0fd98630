#include "core/engine/loader.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <map>
#include <mutex>

#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::core {
namespace {

namespace fs = std::filesystem;

std::string loader_reason() {
  const char* reason = dlerror();
  return reason == nullptr ? "no reason given" : reason;
}

EngineModule& open_module(const fs::path& library) {
  std::error_code ignored;
  if (!fs::exists(library, ignored)) {
    throw Error(Code::not_found,
                fmt::format("{}: the engine library does not exist; build or reinstall the program", library.string()));
  }
  // Local: the engine's own libraries must not offer their symbols to Qt's or OpenCV's. Never closed: objects of its
  // types and threads of its runtime may outlive any one owner.
  void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) {
    throw Error(Code::not_found,
                fmt::format("{}: the engine library cannot be loaded: {}; run ./run.sh --setup-only or "
                            "reinstall the program",
                            library.string(), loader_reason()));
  }
  const auto entry = reinterpret_cast<EngineEntry>(dlsym(handle, kEngineEntry));
  if (entry == nullptr) {
    throw Error(Code::not_found, fmt::format("{}: no entry point '{}', so this is not an engine of Purlscope: {}",
                                             library.string(), kEngineEntry, loader_reason()));
  }
  EngineModule* module = entry();
  if (module == nullptr) {
    throw Error(Code::internal, fmt::format("{}: '{}' returned no module", library.string(), kEngineEntry));
  }
  if (module->abi() != kEngineAbi) {
    throw Error(Code::unsupported, fmt::format("{}: engine interface {}, this program needs {}; install program and "
                                               "engine of the same version",
                                               library.string(), module->abi(), kEngineAbi));
  }
  return *module;
}

}  // namespace

EngineModule& load_engine_module(const fs::path& library) {
  static std::mutex mutex;
  static std::map<fs::path, EngineModule*> modules;
  const fs::path given = library.empty() ? engine_library() : library;
  std::error_code no_place;  // the working folder is gone: a relative path then names nothing
  const fs::path absolute = fs::absolute(given, no_place).lexically_normal();
  const fs::path& file = no_place ? given : absolute;
  const std::lock_guard lock(mutex);
  if (const auto found = modules.find(file); found != modules.end()) return *found->second;
  EngineModule& module = open_module(file);
  modules.emplace(file, &module);
  return module;
}

std::unique_ptr<Engine> load_engine(const EngineOptions& options) { return load_engine_module().make_engine(options); }

}  // namespace purlscope::core
