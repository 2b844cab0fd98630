#include "render/film.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "render/film_encoders/encoder.h"

namespace purlscope::render {
namespace {

constexpr double kFastestGif = 50.0;  ///< players slow down what is faster than two hundredths of a second
constexpr double kFastestFilm = 1000.0;
constexpr int kLargestSide = 16384;  ///< H.264 level limits and GIF both allow it

bool is_gif(const std::filesystem::path& file) { return core::lower_ascii(file.extension().string()) == ".gif"; }

/// Where the film is written until it is finished: beside its place, with its extension, by which OpenCV chooses.
std::filesystem::path part_of(const std::filesystem::path& file) {
  static std::atomic<unsigned> number{0};
  return file.parent_path() / fmt::format("{}.part-{}-{}{}", file.stem().string(), ::getpid(), ++number,
                                          core::lower_ascii(file.extension().string()));
}

std::unique_ptr<FilmEncoder> open(const std::filesystem::path& file, const std::filesystem::path& part, int width,
                                  int height, double fps) {
  const auto refuse = [&](const std::string& what) {
    return Error(Code::bad_argument, fmt::format("{}: {}", file.string(), what));
  };
  if (width <= 0 || height <= 0 || width > kLargestSide || height > kLargestSide) {
    throw refuse(
        fmt::format("a film of {} x {} pixels cannot be made; sides are 1 to {}", width, height, kLargestSide));
  }
  const std::string extension = core::lower_ascii(file.extension().string());
  const bool gif = is_gif(file);
  if (!gif && extension != ".mp4") throw refuse(fmt::format("films end in .mp4 or .gif, not '{}'", extension));
  const double fastest = gif ? kFastestGif : kFastestFilm;
  if (!(fps > 0) || fps > fastest)
    throw refuse(fmt::format("{} frames per second asked for; above 0 and at most {}", fps, fastest));
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  if (!std::filesystem::is_directory(folder)) {
    throw Error(Code::io, fmt::format("{}: the folder does not exist; make it first", file.string()));
  }
  if (::access(folder.c_str(), W_OK) != 0) {
    throw Error(Code::io, fmt::format("{}: the folder cannot be written; choose another one", file.string()));
  }
  return gif ? open_gif(part, width, height, fps) : open_mp4(part, width, height, fps);
}

}  // namespace

struct FilmWriter::Impl {
  std::filesystem::path file;
  std::filesystem::path part;  ///< the film until it is finished
  int width;
  int height;
  std::unique_ptr<FilmEncoder> encoder;
  std::size_t pictures = 0;
  bool finished = false;
};

FilmWriter::FilmWriter(const std::filesystem::path& file, int width, int height, double fps) {
  const std::filesystem::path part = part_of(file);
  impl_.reset(new Impl{file, part, width, height, open(file, part, width, height, fps)});
}

FilmWriter::~FilmWriter() {
  impl_->encoder.reset();
  std::error_code ignored;
  if (!impl_->finished) std::filesystem::remove(impl_->part, ignored);
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
  std::error_code error;
  std::filesystem::rename(impl_->part, impl_->file, error);
  if (error) {
    throw Error(Code::io, fmt::format("{}: the finished film cannot be put in place: {}; choose another name",
                                      impl_->file.string(), error.message()));
  }
  impl_->finished = true;
}

int film_side(const std::filesystem::path& file, int side) { return is_gif(file) ? side : side + side % 2; }

std::size_t film_frames(double seconds, double fps) {
  return static_cast<std::size_t>(std::max(1L, std::lround(seconds * fps)));
}

void record_film(const FilmPlan& plan, const std::function<Image(double seconds)>& draw,
                 const core::ProgressFn& progress, const std::stop_token& stop) {
  FilmWriter film(plan.file, plan.width, plan.height, plan.fps);
  for (std::size_t frame = 0; frame < plan.frames; ++frame) {
    core::throw_if_stopped(stop);
    film.add(draw(plan.begin + static_cast<double>(frame) / plan.fps));
    if (!progress) continue;
    progress({"Drawing",
              static_cast<double>(frame + 1) / static_cast<double>(plan.frames),
              fmt::format("{} of {} frames", frame + 1, plan.frames),
              frame + 1,
              plan.frames,
              {}});
  }
  film.finish();
}

}  // namespace purlscope::render
