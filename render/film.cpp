#include "render/film.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "render/film_encoders/encoder.h"

namespace purlscope::render {
namespace {

constexpr double kFastestGif = 50.0;  ///< players slow down what is faster than two hundredths of a second
constexpr double kFastestFilm = 1000.0;
constexpr int kLargestSide = 16384;  ///< H.264 level limits and GIF both allow it

std::unique_ptr<FilmEncoder> open(const std::filesystem::path& file, int width, int height, double fps) {
  const auto refuse = [&](const std::string& what) {
    return Error(Code::bad_argument, fmt::format("{}: {}", file.string(), what));
  };
  if (width <= 0 || height <= 0 || width > kLargestSide || height > kLargestSide) {
    throw refuse(
        fmt::format("a film of {} x {} pixels cannot be made; sides are 1 to {}", width, height, kLargestSide));
  }
  const std::string extension = core::lower_ascii(file.extension().string());
  const bool gif = extension == ".gif";
  if (!gif && extension != ".mp4") throw refuse(fmt::format("films end in .mp4 or .gif, not '{}'", extension));
  const double fastest = gif ? kFastestGif : kFastestFilm;
  if (!(fps > 0) || fps > fastest)
    throw refuse(fmt::format("{} frames per second asked for; above 0 and at most {}", fps, fastest));
  if (const auto folder = file.parent_path(); !folder.empty() && !std::filesystem::is_directory(folder)) {
    throw Error(Code::io, fmt::format("{}: the folder does not exist; make it first", file.string()));
  }
  return gif ? open_gif(file, width, height, fps) : open_mp4(file, width, height, fps);
}

}  // namespace

struct FilmWriter::Impl {
  std::filesystem::path file;
  int width;
  int height;
  std::unique_ptr<FilmEncoder> encoder;
  std::size_t pictures = 0;
  bool finished = false;
};

FilmWriter::FilmWriter(const std::filesystem::path& file, int width, int height, double fps)
    : impl_(new Impl{file, width, height, open(file, width, height, fps)}) {}

FilmWriter::~FilmWriter() {
  impl_->encoder.reset();
  std::error_code ignored;
  if (!impl_->finished) std::filesystem::remove(impl_->file, ignored);
}

void FilmWriter::add(const Image& picture) {
  if (picture.width != impl_->width || picture.height != impl_->height) {
    throw Error(Code::bad_argument,
                fmt::format("{}: a picture of {} x {} pixels in a film of {} x {}", impl_->file.string(), picture.width,
                            picture.height, impl_->width, impl_->height));
  }
  impl_->encoder->add(picture);
  ++impl_->pictures;
}

void FilmWriter::finish() {
  if (impl_->finished) return;
  if (impl_->pictures == 0) {
    throw Error(Code::bad_argument, fmt::format("{}: the film has no picture", impl_->file.string()));
  }
  impl_->encoder->finish();
  impl_->finished = true;
}

}  // namespace purlscope::render
