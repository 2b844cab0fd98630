#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>

#include "core/base/progress.h"
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

/// The side of pictures for a film: MP4 needs even ones, of which this is the next.
int film_side(const std::filesystem::path& file, int side);

/// A film of a stretch of a clip at its own speed.
struct FilmPlan {
  std::filesystem::path file;
  int width = 0;  ///< pixels
  int height = 0;
  double fps = 30.0;
  double begin = 0.0;      ///< seconds of the clip at the first picture
  std::size_t frames = 1;  ///< pictures
};

/// Pictures of a film that shows `seconds` of a clip, at least one.
std::size_t film_frames(double seconds, double fps);

/// Draws the pictures one after another and writes them.
/// @param draw  the picture at a time, seconds of the clip
/// @throws Error as FilmWriter, Error{Code::cancelled} once asked to stop, and what `draw` throws
void record_film(const FilmPlan& plan, const std::function<Image(double seconds)>& draw,
                 const core::ProgressFn& progress, const std::stop_token& stop);

}  // namespace purlscope::render
