#include <dlfcn.h>
#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/live/camera/video_capture.h"

namespace purlscope::core {
namespace {

namespace fs = std::filesystem;

struct VideoModule {
  OpenVideoFile video = nullptr;
  OpenCameraDevice camera = nullptr;
};

/// In a library of its own, opened by the first camera or video: OpenCV's video input brings more than two hundred
/// shared libraries, which would delay every start of the program. Stays loaded: OpenCV keeps threads and tables.
VideoModule load_module() {
  const fs::path library = engine_library().parent_path() / "libpurlscope_video.so";
  VideoModule module;
  if (void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL); handle != nullptr) {
    module.video = reinterpret_cast<OpenVideoFile>(dlsym(handle, kOpenVideoSymbol));
    module.camera = reinterpret_cast<OpenCameraDevice>(dlsym(handle, kOpenCameraSymbol));
  }
  if (module.video == nullptr || module.camera == nullptr) {
    const char* reason = dlerror();
    throw Error(Code::unsupported,
                fmt::format("cameras and videos need {}: {}; install the package libopencv-videoio406",
                            library.string(), reason != nullptr ? reason : "no entry point"));
  }
  return module;
}

const VideoModule& video_module() {
  static const VideoModule module = load_module();
  return module;
}

}  // namespace

std::unique_ptr<VideoCapture> open_video(const fs::path& file) {
  std::error_code failure;
  if (!fs::is_regular_file(file, failure)) {
    throw Error(Code::not_found, fmt::format("{}: {}", file.string(),
                                             fs::exists(file, failure) ? "is no file" : "there is no such video file"));
  }
  return std::unique_ptr<VideoCapture>(video_module().video(file.c_str()));
}

std::unique_ptr<VideoCapture> open_camera(int device) {
  return std::unique_ptr<VideoCapture>(video_module().camera(device));
}

}  // namespace purlscope::core
