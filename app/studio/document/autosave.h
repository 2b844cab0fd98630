#pragma once

#include <QString>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

class QLockFile;

namespace purlscope::app {

/// An autosave whose window is gone without having closed. While this lives, no other window is offered it.
struct LeftAutosave {
  std::filesystem::path file;
  std::shared_ptr<QLockFile> lock;
};

/// The autosave of one window: a file of its own beside a lock file, which tells other windows that it lives.
/// Thread: one at a time.
class Autosave {
 public:
  /// @param folder created when needed
  explicit Autosave(std::filesystem::path folder);
  ~Autosave();
  Autosave(const Autosave&) = delete;
  Autosave& operator=(const Autosave&) = delete;

  /// Replaces the file as a whole. @throws Error{Code::io}
  void write(const std::string& text);
  /// Nothing is worth keeping any more.
  void remove();
  const std::filesystem::path& file() const { return file_; }

  /// Autosaves of windows that were killed or crashed, the newest first.
  static std::vector<LeftAutosave> left_behind(const std::filesystem::path& folder);
  static void forget(const LeftAutosave& left);

 private:
  std::filesystem::path folder_;
  std::filesystem::path file_;
  std::unique_ptr<QLockFile> lock_;
};

}  // namespace purlscope::app
