#include <dlfcn.h>
#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "render/film_encoders/encoder.h"

namespace purlscope::render {
namespace {

/// Stays loaded: OpenCV keeps threads and tables of its own.
OpenMp4 load_entry() {
  const std::filesystem::path library = core::engine_library().parent_path() / "libpurlscope_film.so";
  void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* entry = handle != nullptr ? dlsym(handle, kOpenMp4Symbol) : nullptr;
  if (entry == nullptr) {
    const char* reason = dlerror();
    throw Error(Code::unsupported, fmt::format("MP4 films need {}: {}; install the package libopencv-videoio406 or "
                                               "choose a GIF",
                                               library.string(), reason != nullptr ? reason : "no entry point"));
  }
  return reinterpret_cast<OpenMp4>(entry);
}

}  // namespace

std::unique_ptr<FilmEncoder> open_mp4(const std::filesystem::path& file, int width, int height, double fps) {
  static const OpenMp4 open = load_entry();
  return std::unique_ptr<FilmEncoder>(open(file.c_str(), width, height, fps));
}

}  // namespace purlscope::render
