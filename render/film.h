#pragma once

#include <filesystem>
#include <memory>

#include "render/image.h"

namespace purlscope::render {

/// Writes pictures one after another into a film: MP4 (H.264, else MPEG-4 part 2) or GIF, by the file's extension.
///
/// Films have no transparency: pictures are laid over black. MP4 needs even sides: an odd last row or column is
/// doubled. GIF: 256 colours a picture, chosen anew only when those of the pictures before fit badly, so that colours
/// do not flicker; only the changed rectangle is stored. A film that is not finished is removed.
class FilmWriter {
 public:
  /// @param fps frames per second, above 0; a GIF shows at most 50
  /// @throws Error{Code::bad_argument} for another extension, size or rate, Error{Code::io} when the file cannot be
  ///         written, Error{Code::unsupported} when this machine has no encoder
  FilmWriter(const std::filesystem::path& file, int width, int height, double fps);
  ~FilmWriter();
  FilmWriter(const FilmWriter&) = delete;
  FilmWriter& operator=(const FilmWriter&) = delete;

  /// @throws Error{Code::bad_argument} when the picture has another size, Error{Code::io}
  void add(const Image& picture);
  /// Completes the file. @throws Error{Code::bad_argument} for a film without pictures, Error{Code::io}
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace purlscope::render
