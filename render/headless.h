#pragma once

#include <memory>

namespace purlscope::render {

/// A current OpenGL core context without a window or X server (EGL, surfaceless platform). RAII: current while it
/// lives.
class HeadlessContext {
 public:
  /// @throws Error{Code::unsupported} saying what EGL lacks and which package brings it
  HeadlessContext();
  ~HeadlessContext();
  HeadlessContext(const HeadlessContext&) = delete;
  HeadlessContext& operator=(const HeadlessContext&) = delete;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace purlscope::render
