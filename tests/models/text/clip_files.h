#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "core/base/safetensors.h"

namespace purlscope::test {

/// Copies a weight file and states in its metadata how many heads its network has.
inline void copy_with_heads(const std::filesystem::path& from, const std::filesystem::path& to, int heads) {
  const core::SafeTensors file = core::SafeTensors::open(from);
  std::map<std::string, core::SafeTensorOut> tensors;
  for (const auto& [name, tensor] : file.tensors()) {
    tensors[name] = {tensor.dtype, tensor.shape, {tensor.bytes.begin(), tensor.bytes.end()}};
  }
  std::filesystem::create_directories(to.parent_path());
  core::save_safetensors(to, tensors, {{"heads", std::to_string(heads)}});
}

/// Another folder for caches, as long as it lives.
class CacheHome {
 public:
  explicit CacheHome(const std::filesystem::path& folder) {
    const char* stated = std::getenv("XDG_CACHE_HOME");
    before_ = stated == nullptr ? "" : stated;
    ::setenv("XDG_CACHE_HOME", folder.c_str(), 1);
  }
  ~CacheHome() {
    if (before_.empty()) {
      ::unsetenv("XDG_CACHE_HOME");
    } else {
      ::setenv("XDG_CACHE_HOME", before_.c_str(), 1);
    }
  }
  CacheHome(const CacheHome&) = delete;
  CacheHome& operator=(const CacheHome&) = delete;

 private:
  std::string before_;
};

}  // namespace purlscope::test
