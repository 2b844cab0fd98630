#pragma once

#include <filesystem>
#include <memory>

#include "render/image.h"

namespace purlscope::render {

/// One film file that is being written. Pictures have the size given on opening.
class FilmEncoder {
 public:
  virtual ~FilmEncoder() = default;
  /// @throws Error{Code::io}
  virtual void add(const Image& picture) = 0;
  /// Completes the file. @throws Error{Code::io}
  virtual void finish() = 0;
};

/// @param fps frames per second. @throws Error{Code::io}
std::unique_ptr<FilmEncoder> open_gif(const std::filesystem::path& file, int width, int height, double fps);

/// In a library of its own, opened when the first MP4 is written: OpenCV's video input and output brings more than two
/// hundred shared libraries, which would delay every start of the program by a tenth of a second or more.
std::unique_ptr<FilmEncoder> open_mp4(const std::filesystem::path& file, int width, int height, double fps);

/// Entry point of that library. Throws what `open_mp4` throws.
using OpenMp4 = FilmEncoder* (*)(const char* file, int width, int height, double fps);
inline constexpr const char* kOpenMp4Symbol = "purlscope_open_mp4";

}  // namespace purlscope::render
