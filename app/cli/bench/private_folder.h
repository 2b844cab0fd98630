#pragma once

#include <filesystem>

namespace purlscope::app::cli {

/// A temporary folder that takes the place of the user's cache while it lives: what a measurement encodes and compiles
/// is neither found ready there nor left there. Thread: main, before any other thread reads the environment.
class PrivateFolder {
 public:
  /// @throws Error{Code::io}
  PrivateFolder();
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace purlscope::app::cli
