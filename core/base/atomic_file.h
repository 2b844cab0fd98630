#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace purlscope::core {

/// A file that appears complete or not at all: written beside its target, renamed over it by `commit()`. Without a
/// commit nothing is left behind and an existing target stays as it was.
class AtomicFile {
 public:
  /// @throws Error{Code::io} when the target's folder cannot be written
  explicit AtomicFile(std::filesystem::path target);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// @throws Error{Code::io}, for instance on a full disk
  void write(const void* data, std::size_t size);
  /// Flushes to disk and takes the target's place. @throws Error{Code::io}
  void commit();

 private:
  std::filesystem::path target_;
  std::string temporary_;
  int descriptor_ = -1;
};

}  // namespace purlscope::core
