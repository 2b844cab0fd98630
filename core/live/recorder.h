#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/live/pose_source.h"

namespace purlscope::core {

struct RecorderStatus {
  std::uint64_t frames = 0;   ///< on disk
  std::uint64_t skipped = 0;  ///< frames of another layout than the first, or that the ring let go of first
  std::uint64_t bytes = 0;
  std::string error;  ///< why recording ended early; empty while all is well
};

/// Records a live source as `.purlrec` on a thread of its own, four times a second: when the process dies, at most the
/// last half second is lost. Never holds up the source. The layout is that of the first frame.
/// Thread: any.
class Recorder {
 public:
  /// Creates the file (an existing one is overwritten) and starts. @param source  must outlive the recorder
  /// @throws Error{Code::io} when the file cannot be created
  Recorder(const PoseSource& source, std::filesystem::path file);
  /// As stop().
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Writes what has come so far and closes. A file into which no frame came is removed.
  void stop();
  RecorderStatus status() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace purlscope::core
